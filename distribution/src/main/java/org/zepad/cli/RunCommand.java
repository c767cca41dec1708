package org.zepad.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.zepad.core.evaluate.Report;
import org.zepad.core.pipeline.Pipeline;
import org.zepad.core.pipeline.PipelineConfig;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the whole path. */
@Command(
    name = "run",
    description =
        "Run the whole path: pre-train, harden, adapt, attack, evaluate. A killed run continues"
            + " when repeated.",
    sortOptions = false)
final class RunCommand extends StepCommand<PipelineConfig> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder that gets encoders, bundles, perturbation and reports.")
  private Path out = Path.of("");

  RunCommand(GlobalOptions options) {
    super(options, PipelineConfig.class, Map.of());
  }

  @Override
  long defaultSeed(PipelineConfig configuration) {
    return configuration.seed();
  }

  @Override
  void run(PipelineConfig configuration, PluginRegistry registry, Settings settings) {
    List<Report> reports = new Pipeline(registry, settings).run(configuration, out);
    Results.report(options(), reports, out);
  }
}
