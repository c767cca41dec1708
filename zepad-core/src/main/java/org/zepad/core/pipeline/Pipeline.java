package org.zepad.core.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.core.evaluate.Report;
import org.zepad.core.io.WorkLock;
import org.zepad.core.plugin.PluginRegistry;

/**
 * The whole path: pre-train, harden once, adapt, attack, evaluate. Each step leaves its product in
 * the run folder and is skipped when the product is there, so a killed run continues.
 *
 * <p>In the folder: {@code encoders/NAME.safetensors}, the bundles {@code undefended} and {@code
 * defended}, {@code perturbation.safetensors} with its picture, and for each task a report: {@code
 * report.json} for the first, {@code report-TASK.json} for the others.
 */
public final class Pipeline {
  /** How a report calls the victim as published. */
  public static final String UNDEFENDED = "undefended";

  private final PretrainStep pretrain;
  private final HardenStep harden;
  private final AdaptStep adapt;
  private final AttackStep attack;
  private final EvaluateStep evaluate;

  /** The path over these plugins. The settings' seed is used, not the configuration's. */
  public Pipeline(PluginRegistry plugins, Settings settings) {
    this.pretrain = new PretrainStep(plugins, settings);
    this.harden = new HardenStep(plugins, settings);
    this.adapt = new AdaptStep(plugins, settings);
    this.attack = new AttackStep(plugins, settings);
    this.evaluate = new EvaluateStep(plugins, settings);
  }

  /**
   * Runs, or continues.
   *
   * @param out the run folder
   * @return a report for each task
   * @throws org.zepad.api.ZepadException of kind ENVIRONMENT if another process works in the folder
   */
  public List<Report> run(PipelineConfig config, Path out) {
    try (WorkLock lock = WorkLock.of(out)) {
      return locked(config, out);
    }
  }

  private List<Report> locked(PipelineConfig config, Path out) {
    List<BranchConfig> branches = new ArrayList<>();
    for (EncoderConfig encoder : config.encoders()) {
      String source = encoder.file();
      if (source.isEmpty()) {
        Path file = out.resolve("encoders").resolve(encoder.name() + ".safetensors");
        pretrain.run(encoder.pretrain(), encoder.name(), file);
        source = file.toString();
      }
      branches.add(new BranchConfig(encoder.name(), encoder.role(), source));
    }
    Map<String, Path> bundles = new LinkedHashMap<>();
    bundles.put(UNDEFENDED, out.resolve("undefended"));
    bundles.put(config.harden().defence().name(), out.resolve("defended"));
    harden.run(undefended(config.harden(), branches.get(0)), out.resolve("undefended"));
    harden.run(with(config.harden(), branches), out.resolve("defended"));
    for (AdaptConfig task : config.tasks()) {
      bundles.values().forEach(bundle -> adapt.run(task, bundle));
    }
    Path perturbation = out.resolve("perturbation.safetensors");
    attack.run(config.attack(), List.of(branches.get(0).encoder()), perturbation);
    List<Report> reports = new ArrayList<>();
    for (AdaptConfig task : config.tasks()) {
      String name = reports.isEmpty() ? "report.json" : "report-" + task.taskName() + ".json";
      reports.add(
          evaluate.run(
              new EvaluateConfig(
                  task.taskName(),
                  task.data(),
                  config.evaluate().adaptive(),
                  config.evaluate().batchSize(),
                  config.evaluate().audit(),
                  config.evaluate().others(),
                  config.evaluate().compat()),
              bundles,
              List.of(perturbation),
              out.resolve(name)));
    }
    return reports;
  }

  private static HardenConfig with(HardenConfig config, List<BranchConfig> branches) {
    return new HardenConfig(
        branches, config.defence(), config.data(), config.fusion(), config.detector());
  }

  private static HardenConfig undefended(HardenConfig config, BranchConfig victim) {
    return new HardenConfig(
        List.of(victim),
        new Choice("none", Map.of()),
        config.data(),
        config.fusion(),
        config.detector());
  }
}
