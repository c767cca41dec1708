package org.zepad.cli;

import java.nio.file.Path;
import java.util.Map;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.core.pipeline.PretrainConfig;
import org.zepad.core.pipeline.PretrainStep;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Pre-trains an encoder. */
@Command(
    name = "pretrain",
    description = "Pre-train an encoder without labels. A killed call continues when repeated.",
    sortOptions = false)
final class PretrainCommand extends StepCommand<PretrainConfig> {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The encoder's file, .safetensors.")
  private Path out = Path.of("");

  PretrainCommand(GlobalOptions options) {
    super(
        options,
        PretrainConfig.class,
        Map.of("--method", "method", "--dataset", "data", "--epochs", "training.epochs"));
  }

  @Override
  void run(PretrainConfig configuration, PluginRegistry registry, Settings settings) {
    EncoderInfo info =
        new PretrainStep(registry, settings).run(configuration, configuration.method().name(), out);
    print(
        Results.encoder(out.toString(), info),
        "%s: %s pre-trained with %s".formatted(out, info.backbone(), info.method()));
  }
}
