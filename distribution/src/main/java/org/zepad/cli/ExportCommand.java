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
import org.zepad.core.pipeline.ExportStep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a bundle as one ONNX file. */
@Command(
    name = "export",
    description =
        "Write a bundle as one ONNX file with everything inside: pre-processing, all branches, the"
            + " heads of its tasks, fusion and detector. The file is run, and must give what the"
            + " training engine gives, before it is put in its place.",
    sortOptions = false)
final class ExportCommand implements Runnable {
  private final GlobalOptions options;

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

  ExportCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    Long seed = options.seed();
    ExportStep.Result result =
        new ExportStep(options.registry(), options.settings(seed == null ? 1 : seed))
            .run(bundle, tasks, out, input);
    Path served =
        repository == null
            ? null
            : ModelRepository.put(result.file(), repository, ModelName.of(bundle));
    if (options.json()) {
      options.out().println(Json.text(toMap(result, served)));
      return;
    }
    options
        .out()
        .printf(
            Locale.ROOT,
            "%s: %.1f MB, opset %d, images as %s; logits within %.1e of the training engine's%n",
            result.file(),
            result.bytes() / 1e6,
            result.info().opset(),
            result.info().input().name().toLowerCase(Locale.ROOT),
            result.difference());
    for (TaskInfo task : result.info().tasks()) {
      options
          .out()
          .printf(
              "  task %s, %d classes: outputs %s, %s, %s%n",
              task.name(), task.classes().size(), task.logits(), task.confidences(), task.score());
    }
    if (served != null) {
      options.out().printf("  %s: for Triton and DJL Serving%n", served);
    }
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
    return map;
  }
}
