package org.zepad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.core.attack.PerturbationInfo;
import org.zepad.core.pipeline.AttackConfig;
import org.zepad.core.pipeline.AttackStep;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Crafts a universal perturbation. */
@Command(
    name = "attack",
    description =
        "Craft a universal perturbation against an encoder, without any task. A killed call"
            + " continues when repeated.",
    sortOptions = false)
final class AttackCommand extends StepCommand<AttackConfig> {
  @Option(
      names = "--victim",
      paramLabel = "FILE",
      required = true,
      description =
          "The public encoder: zoo:METHOD, a file of ours, a public checkpoint. Given several times:"
              + " one perturbation against all of them.")
  private List<String> victims = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The perturbation's file, .safetensors.")
  private Path out = Path.of("");

  AttackCommand(GlobalOptions options) {
    super(options, AttackConfig.class, Map.of("--attack", "attack", "--dataset", "data"));
  }

  @Override
  void run(AttackConfig configuration, PluginRegistry registry, Settings settings) {
    PerturbationInfo info = new AttackStep(registry, settings).run(configuration, victims, out);
    print(
        Results.perturbation(out, info),
        "%s: crafted by %s against %s"
            .formatted(out, info.attack(), String.join(" and ", victims)));
  }
}
