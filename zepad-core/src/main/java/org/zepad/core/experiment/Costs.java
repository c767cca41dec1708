package org.zepad.core.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.dataset.Dataset;
import org.zepad.core.pipeline.AdaptConfig;
import org.zepad.core.pipeline.AttackConfig;
import org.zepad.core.pipeline.Choice;
import org.zepad.core.pipeline.DataConfig;
import org.zepad.core.pipeline.HardenConfig;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginKind;
import org.zepad.core.plugin.PluginRegistry;

/**
 * Rough work of jobs, counted in images that pass an encoder forward; a backward pass counts twice.
 * Of plugins nothing is known but their options, so {@code epochs}, {@code attack-steps} and {@code
 * steps} are taken for what they are called. It serves to tell how far an experiment is, and to
 * plan; nothing else hangs on it.
 */
final class Costs {
  static final Choice NONE = new Choice("", Map.of());

  private static final double GRADIENT = 3;

  private final PluginRegistry plugins;
  private final Settings settings;
  private final Map<DataConfig, Sizes> sizes = new HashMap<>();

  Costs(PluginRegistry plugins, Settings settings) {
    this.plugins = plugins;
    this.settings = settings;
  }

  /**
   * Hardening.
   *
   * @param tuned how many branches are tuned for it and not for a bundle before
   */
  double harden(HardenConfig config, int tuned) {
    Map<String, Object> options = options(PluginKind.DEFENCE, config.defence());
    if (config.defence().name().equals("none")) {
      return 1;
    }
    Sizes data = sizes(config.data());
    double attack = GRADIENT * number(options, "attack-steps", 10);
    double epoch = data.training() * (attack + 2 * GRADIENT) + data.validation() * (attack + 2);
    return 1 + tuned * number(options, "epochs", 20) * epoch;
  }

  double adapt(HardenConfig bundle, AdaptConfig task) {
    Sizes data = sizes(task.data());
    // Heads learn on features; the threshold passes the validation images once more.
    return bundle.branches().size() * (data.training() + 2.0 * data.validation());
  }

  double craft(AttackConfig config) {
    Map<String, Object> options = options(PluginKind.ATTACK, config.attack());
    return GRADIENT * sizes(config.data()).training() * number(options, "epochs", 1);
  }

  double measure(GridAttack attack, AdaptConfig task, List<Job.Adapt> models) {
    Map<String, Object> options = options(PluginKind.ATTACK, attack.attack());
    double steps = GRADIENT * number(options, "steps", 0) + number(options, "queries", 0);
    int branches = models.stream().mapToInt(m -> m.bundle().config().branches().size()).sum();
    return sizes(task.data()).test() * (2.0 * branches + steps);
  }

  /** Of 128 images, some passes each; thoroughly, of 64, some hundred gradient steps. */
  double audit(Job.Adapt model, boolean thorough) {
    int branches = model.bundle().config().branches().size();
    return branches * (128.0 * 12 + (thorough ? 64 * 300 * GRADIENT : 0));
  }

  /** How many images a configuration uses. */
  Sizes sizes(DataConfig config) {
    return sizes.computeIfAbsent(config, this::count);
  }

  private Sizes count(DataConfig config) {
    try (Dataset dataset = plugins.openDataset(config.name(), config.options(), settings.data())) {
      int used = limited(dataset.train().size(), config.images());
      int validation = (int) Math.round(used * config.validation());
      return new Sizes(
          used - validation, validation, limited(dataset.test().size(), config.testImages()));
    }
  }

  private static int limited(int there, int wanted) {
    return wanted == 0 ? there : Math.min(there, wanted);
  }

  private Map<String, Object> options(PluginKind kind, Choice choice) {
    return plugins.resolve(kind, choice.name(), choice.options());
  }

  private static double number(Map<String, Object> options, String name, double otherwise) {
    return options.get(name) instanceof Number number ? number.doubleValue() : otherwise;
  }

  /** How many images each part has. */
  record Sizes(int training, int validation, int test) {}
}
