package org.zepad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.onnx.ModelRepository;
import org.zepad.core.onnx.Precision;
import org.zepad.core.pipeline.ExportConfig;
import org.zepad.core.pipeline.ExportStep;
import org.zepad.core.pipeline.PrecisionChange;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a bundle as one ONNX file. */
@Command(
    name = "export",
    description =
        "Write a bundle as one ONNX file with everything inside: pre-processing, all branches, the"
            + " heads of its tasks, fusion and detector. The file is run, and must give what the"
            + " training engine gives, before it is put in its place. In fp16 or int8 it is measured"
            + " on benign and attacked test images, and refused if a figure is worse by more than a"
            + " percentage point.",
    sortOptions = false)
final class ExportCommand extends StepCommand<ExportConfig> {
  @Parameters(paramLabel = "BUNDLE", description = "An adapted bundle.")
  private Path bundle = Path.of("");

  @Option(
      names = "--task",
      paramLabel = "NAME",
      arity = "1..*",
      description = "Tasks to be written (default: all).")
  private List<String> tasks = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The file to be written (default: BUNDLE/onnx/model.onnx, where 'zepad predict' finds"
              + " it).")
  private @Nullable Path out;

  @Option(
      names = "--input",
      paramLabel = "FORM",
      defaultValue = "uint8",
      description =
          "How images come in: uint8 (0 to 255) or float (0 to 1), both (N, 3, H, W) (default:"
              + " uint8).")
  private InputForm input = InputForm.UINT8;

  @Option(
      names = "--repository",
      paramLabel = "DIR",
      description =
          "Also put the model into this folder, from which Triton (--model-repository) and DJL"
              + " Serving (--model-store) serve it under the bundle's name.")
  private @Nullable Path repository;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "fp32",
      description =
          "With what numbers the encoders compute: fp32, fp16 (half the file) or int8 (fast on"
              + " CPUs). Other than fp32 needs --dataset (default: fp32).")
  private Precision precision = Precision.FP32;

  @Option(
      names = "--perturbation",
      paramLabel = "FILE",
      description =
          "A crafted universal perturbation under which fp16 or int8 is measured, too. May be given"
              + " several times.")
  private List<Path> perturbations = new ArrayList<>();

  ExportCommand(GlobalOptions options) {
    super(options, ExportConfig.class, Map.of("--dataset", "data"));
  }

  @Override
  void run(ExportConfig configuration, PluginRegistry registry, Settings settings) {
    ExportStep.Lower lower =
        precision == Precision.FP32
            ? null
            : new ExportStep.Lower(precision, configuration, perturbations);
    ExportStep.Result result =
        new ExportStep(registry, settings)
            .run(bundle, new ExportStep.Order(tasks, out, input, lower));
    Path served =
        repository == null
            ? null
            : ModelRepository.put(result.file(), repository, ModelName.of(bundle));
    print(toMap(result, served), text(result, served));
  }

  private static String text(ExportStep.Result result, @Nullable Path served) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %.1f MB, %s, opset %d, images as %s; logits within %.1e of the training engine's",
            result.file(),
            result.bytes() / 1e6,
            result.info().precision().name().toLowerCase(Locale.ROOT),
            result.info().opset(),
            result.info().input().name().toLowerCase(Locale.ROOT),
            result.difference()));
    for (TaskInfo task : result.info().tasks()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  task %s, %d classes: outputs %s, %s, %s",
              task.name(),
              task.classes().size(),
              task.logits(),
              task.confidences(),
              task.score()));
    }
    PrecisionChange change = result.change();
    if (change != null) {
      lines.add("  instead of fp32, on " + change.images() + " test images, in percent:");
      change.figures().forEach(figure -> lines.add("    " + figure));
    }
    if (served != null) {
      lines.add("  " + served + ": for Triton and DJL Serving");
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static Map<String, Object> toMap(ExportStep.Result result, @Nullable Path served) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", result.file().toString());
    if (served != null) {
      map.put("repository", served.toString());
    }
    map.put("bytes", result.bytes());
    map.put("difference", result.difference());
    map.put("model", result.info());
    if (result.change() != null) {
      map.put("change", result.change());
    }
    return map;
  }
}
