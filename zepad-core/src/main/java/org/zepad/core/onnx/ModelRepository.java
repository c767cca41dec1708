package org.zepad.core.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.zepad.api.ZepadException;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.ModelInfo.TaskInfo;

/**
 * A folder of models that Triton Inference Server ({@code --model-repository}) and DJL Serving
 * ({@code --model-store}) take as it is, each as {@code NAME/}:
 *
 * <pre>
 * 1/model.onnx        the exported file, in Triton's layout of versions
 * config.pbtxt        for Triton
 * labels_TASK.txt     for Triton: a task's classes, one a line
 * serving.properties  for DJL Serving
 * </pre>
 *
 * <p>Both then take requests of the Open Inference Protocol with images of (N, 3, H, W). Triton
 * gathers requests into batches. DJL Serving could do so only for images of one size, so it does
 * not.
 */
public final class ModelRepository {
  private static final String MARK = "# Written by 'zepad export', and anew with each export.";
  private static final String CONFIG = "config.pbtxt";

  /** As {@code zepad serve} has it unless told otherwise. */
  private static final int MAX_BATCH = 32;

  private static final int MAX_DELAY_MICROSECONDS = 5000;

  private ModelRepository() {}

  /**
   * Puts a model into a repository. One of that name that was put there before is replaced.
   *
   * @param model a file that was exported; it is copied
   * @param repository made if it is not there
   * @param name what the servers shall call it; as DJL Serving knows only letters, digits and '_',
   *     whatever else is in it becomes '_'
   * @return the folder of the model
   * @throws ZepadException of kind INPUT if the model is none of ours, or something else has its
   *     place; of kind ENVIRONMENT if it cannot be written
   */
  public static Path put(Path model, Path repository, String name) {
    ModelInfo info = OnnxFile.read(model).info();
    String plain = name.replaceAll("\\W", "_");
    Path folder = repository.resolve(plain);
    requireFree(folder);
    AtomicFiles.writeFolder(
        folder,
        part -> {
          Files.createDirectory(part.resolve("1"));
          Files.copy(model, part.resolve("1/model.onnx"));
          Files.writeString(part.resolve(CONFIG), triton(plain, info));
          Files.writeString(part.resolve("serving.properties"), djlServing());
          for (TaskInfo task : info.tasks()) {
            Files.writeString(part.resolve(labels(task)), lines(task.classes()));
          }
        });
    return folder;
  }

  private static void requireFree(Path folder) {
    try {
      Path config = folder.resolve(CONFIG);
      boolean free = !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
      if (!free
          && !(Files.isRegularFile(config)
              && Files.readString(config, StandardCharsets.ISO_8859_1).startsWith(MARK))) {
        throw ZepadException.input(
            folder
                + " exists, and its "
                + CONFIG
                + " does not begin with the line \""
                + MARK
                + "\"; name another repository, or move it away");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String djlServing() {
    return MARK + "\nengine=OnnxRuntime\noption.modelName=1/model\n";
  }

  // The axis of the batch is not told among the others. Triton wants at least one of those, so that
  // of a score, which the model does not have, is made up.
  private static String triton(String name, ModelInfo info) {
    String outputs =
        info.tasks().stream()
            .map(
                task ->
                    """
                      {
                        name: "%s"
                        data_type: TYPE_FP32
                        dims: [ %d ]
                        label_filename: "%s"
                      },
                      {
                        name: "%s"
                        data_type: TYPE_FP32
                        dims: [ %d ]
                      },
                      {
                        name: "%s"
                        data_type: TYPE_FP32
                        dims: [ 1 ]
                        reshape: { shape: [ ] }
                      }"""
                        .formatted(
                            task.logits(),
                            task.classes().size(),
                            labels(task),
                            task.confidences(),
                            info.branches().size(),
                            task.score())
                        .indent(2)
                        .stripTrailing())
            .collect(Collectors.joining(",\n"));
    return String.format(
        Locale.ROOT,
        """
        %s
        name: "%s"
        backend: "onnxruntime"
        max_batch_size: %d
        dynamic_batching { max_queue_delay_microseconds: %d }
        input [
          {
            name: "%s"
            data_type: %s
            dims: [ 3, -1, -1 ]
          }
        ]
        output [
        %s
        ]
        """,
        MARK,
        name,
        MAX_BATCH,
        MAX_DELAY_MICROSECONDS,
        ModelInfo.IMAGES,
        info.input() == InputForm.UINT8 ? "TYPE_UINT8" : "TYPE_FP32",
        outputs);
  }

  private static String labels(TaskInfo task) {
    return "labels_" + task.name() + ".txt";
  }

  private static String lines(List<String> classes) {
    return classes.stream()
        .map(name -> name.replaceAll("\\R", " ") + "\n")
        .collect(Collectors.joining());
  }
}
