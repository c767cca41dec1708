package org.zepad.core.pipeline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zepad.api.RunContext;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.evaluate.Arithmetic;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Evaluator;
import org.zepad.core.evaluate.Subject;
import org.zepad.core.plugin.PluginRegistry;

/** Shows several bundles' models the test images of a task, clean and under one attack. */
public final class MeasureStep {
  private final PluginRegistry plugins;
  private final Settings settings;

  /** The step over these plugins. */
  public MeasureStep(PluginRegistry plugins, Settings settings) {
    this.plugins = plugins;
    this.settings = settings;
  }

  /**
   * Measures.
   *
   * @param task names the task in the bundles, and its data, of which the test images are used
   * @param bundles what is measured, by the names under which it is reported
   * @param attacker how images are attacked
   * @param batchSize images at once; changes no result
   */
  public Result run(AdaptConfig task, Map<String, Path> bundles, Attacker attacker, int batchSize) {
    Map<String, Path> folders = new LinkedHashMap<>(bundles);
    if (attacker instanceof Attacker.Sampled sampled) {
      folders.put(sampled.model(), sampled.bundle());
    }
    try (OpenData data = OpenData.open(plugins, task.data(), settings);
        RunContext context = settings.context(Path.of("none"));
        OpenModels models = new OpenModels(folders, task.taskName(), plugins, context)) {
      int leaked = data.leaveOutLeakedTestImages();
      List<Subject> subjects =
          models.subjects().stream()
              .filter(subject -> bundles.containsKey(subject.name()))
              .toList();
      Map<String, String> provenance = new LinkedHashMap<>(data.testProvenance());
      provenance.put("test-images-left-out-as-duplicates-of-training", Integer.toString(leaked));
      Versions.all().forEach((name, version) -> provenance.put("version-" + name, version));
      Evaluated evaluated =
          new Evaluator(context, batchSize)
              .evaluate(
                  subjects,
                  data.testBatches(context.manager()),
                  Attackers.ready(attacker, models, plugins, provenance, context),
                  Arithmetic.SOUND);
      return new Result(evaluated, data.classes(), provenance);
    }
  }

  /** How images are attacked. */
  public sealed interface Attacker {
    /** How the result calls the attack. */
    String name();

    /** What the attacker holds. */
    ThreatModel threatModel();

    /**
     * By a universal perturbation.
     *
     * @param model the name of the model whose encoders it was crafted against; null: of none
     * @param file where it lies
     */
    record Crafted(String name, ThreatModel threatModel, @Nullable String model, Path file)
        implements Attacker {}

    /**
     * Each by itself.
     *
     * @param attack the sample-wise attack
     * @param model the name of the model that it aims at
     * @param bundle where that model lies
     */
    record Sampled(String name, ThreatModel threatModel, Choice attack, String model, Path bundle)
        implements Attacker {}
  }

  /**
   * What was measured.
   *
   * @param classes the names of the task's classes, in label order
   * @param provenance of test images and attack
   */
  public record Result(Evaluated evaluated, List<String> classes, Map<String, String> provenance) {}
}
