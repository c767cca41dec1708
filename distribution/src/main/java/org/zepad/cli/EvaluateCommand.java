package org.zepad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.core.evaluate.Report;
import org.zepad.core.pipeline.EvaluateConfig;
import org.zepad.core.pipeline.EvaluateStep;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Evaluates bundles. */
@Command(
    name = "evaluate",
    description = "Evaluate bundles on a task's test images, clean and under attack.",
    sortOptions = false)
final class EvaluateCommand extends StepCommand<EvaluateConfig> {
  @Option(
      names = "--bundle",
      paramLabel = "NAME=DIR",
      required = true,
      description = "A bundle under the name it is reported by. May be given several times.")
  private Map<String, Path> bundles = new LinkedHashMap<>();

  @Option(
      names = "--perturbation",
      paramLabel = "FILE",
      description = "A crafted universal perturbation. May be given several times.")
  private List<Path> perturbations = new ArrayList<>();

  @Option(
      names = "--audit",
      description =
          "Run every self-check, those that attack each model included. Takes minutes a model.")
  private boolean audit;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "report.json",
      description = "The report (default: report.json).")
  private Path out = Path.of("report.json");

  EvaluateCommand(GlobalOptions options) {
    super(options, EvaluateConfig.class, Map.of("--dataset", "data", "--compat", "compat"));
  }

  @Override
  void run(EvaluateConfig configuration, PluginRegistry registry, Settings settings) {
    EvaluateConfig asked = audit ? configuration.withAudit() : configuration;
    Report report = new EvaluateStep(registry, settings).run(asked, bundles, perturbations, out);
    Results.report(options(), List.of(report), out);
  }
}
