package org.zepad.core.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleWriter;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.onnx.ModelInfo;
import org.zepad.core.onnx.ModelInfo.BranchInfo;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.onnx.OnnxExport;
import org.zepad.core.onnx.OnnxFile;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.RuntimeOptions;
import org.zepad.core.runtime.RuntimeOptions.DeviceChoice;
import org.zepad.core.runtime.ZepadClassifier;

/**
 * Writes a bundle as one ONNX file. Before the file is put in its place it is run, and must give
 * what the training engine gives.
 */
public final class ExportStep {
  /** Where a bundle holds its exported model. */
  public static final String PATH = "onnx/model.onnx";

  /** Most that a logit may differ, as a share of the greatest one. */
  private static final double TOLERANCE = 1e-4;

  private static final int IMAGES = 8;
  private static final int COLOURS = 3;

  private final PluginRegistry plugins;
  private final Settings settings;

  /** The step over these plugins. */
  public ExportStep(PluginRegistry plugins, Settings settings) {
    this.plugins = plugins;
    this.settings = settings;
  }

  /**
   * What was written.
   *
   * @param difference the most that a fused logit differed from the training engine's on random
   *     images, as a share of the greatest
   */
  public record Result(Path file, long bytes, ModelInfo info, double difference) {}

  /**
   * Exports.
   *
   * @param folder the bundle
   * @param tasks which of its tasks; empty: all of them
   * @param out where to; null: into the bundle, as {@value #PATH}. A model of the same branches
   *     that is there is replaced, anything else is left alone
   * @throws ZepadException of kind USAGE if a part cannot be exported, naming each; of kind INPUT
   *     if the place is taken, or the model does not give what the training engine gives
   */
  public Result run(Path folder, List<String> tasks, @Nullable Path out, InputForm input) {
    try (RunContext context = settings.context(folder.resolveSibling("none"));
        Bundle bundle = Bundle.open(folder, plugins, context)) {
      OnnxExport export = OnnxExport.of(bundle, tasks, input, Versions.all());
      if (out != null) {
        requireFree(out, export.info());
      }
      Path part = Files.createTempFile("zepad-export", ".onnx");
      try {
        export.write(part);
        double difference = check(part, export.info(), bundle, context);
        if (out == null) {
          BundleWriter.putFile(folder, PATH, file -> Files.copy(part, file));
        } else {
          AtomicFiles.write(out, stream -> Files.copy(part, stream));
        }
        return new Result(
            out == null ? folder.resolve(PATH) : out, Files.size(part), export.info(), difference);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireFree(Path out, ModelInfo info) {
    if (!Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean ours;
    try {
      ours = names(OnnxFile.read(out).info()).equals(names(info));
    } catch (ZepadException e) {
      ours = false;
    }
    if (!ours) {
      throw ZepadException.input(
          out
              + " exists and is no model of the branches "
              + names(info)
              + "; name another file, or move it away");
    }
  }

  private static List<String> names(ModelInfo info) {
    return info.branches().stream().map(BranchInfo::name).toList();
  }

  private double check(Path file, ModelInfo info, Bundle bundle, RunContext context) {
    int size = info.size();
    byte[] pixels = new byte[IMAGES * COLOURS * size * size];
    new SplittableRandom(settings.seed()).nextBytes(pixels);
    double worst = 0;
    try (ZepadClassifier classifier =
            ZepadClassifier.load(file, new RuntimeOptions(DeviceChoice.CPU, 0, 0));
        NDManager scope = context.manager().newSubManager()) {
      Shape shape = new Shape(IMAGES, COLOURS, size, size);
      NDArray images =
          scope
              .create(ByteBuffer.wrap(pixels), shape, DataType.UINT8)
              .toType(DataType.FLOAT32, true)
              .divi(255);
      for (TaskInfo task : info.tasks()) {
        float[][] found = classifier.outputs(task.name(), pixels, IMAGES, size, size).logits();
        worst = Math.max(worst, difference(bundle.model(task.name()).logits(images), found));
      }
    }
    if (!(worst <= TOLERANCE)) {
      throw ZepadException.input(
          "the exported model gives other logits than the training engine, by "
              + worst
              + " of the greatest: a plugin says something else than it computes, or weights are"
              + " beyond what float32 can compute. Nothing was written.");
    }
    return worst;
  }

  private static double difference(NDArray expected, float[][] found) {
    float[] numbers = expected.toFloatArray();
    double greatest = 0;
    double worst = 0;
    for (int i = 0; i < numbers.length; i++) {
      int classes = numbers.length / found.length;
      double off = Math.abs((double) numbers[i] - found[i / classes][i % classes]);
      // NaN counts as worst.
      worst = off <= worst ? worst : off;
      greatest = Math.max(greatest, Math.abs(numbers[i]));
    }
    return worst / Math.max(greatest, Float.MIN_NORMAL);
  }
}
