package org.zepad.cli;

import java.nio.file.Path;
import java.util.Map;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.pipeline.AdaptConfig;
import org.zepad.core.pipeline.AdaptStep;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Adapts a bundle to a task. */
@Command(
    name = "adapt",
    description =
        "Adapt a bundle to a task: train its heads, set the detection threshold. A killed call"
            + " continues when repeated.",
    sortOptions = false)
final class AdaptCommand extends StepCommand<AdaptConfig> {
  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      required = true,
      description = "The bundle, which gets the task.")
  private Path bundle = Path.of("");

  AdaptCommand(GlobalOptions options) {
    super(options, AdaptConfig.class, Map.of("--dataset", "data"));
  }

  @Override
  void run(AdaptConfig configuration, PluginRegistry registry, Settings settings) {
    BundleManifest manifest = new AdaptStep(registry, settings).run(configuration, bundle);
    print(
        Results.bundle(bundle, manifest),
        "%s: task %s".formatted(bundle, configuration.taskName()));
  }
}
