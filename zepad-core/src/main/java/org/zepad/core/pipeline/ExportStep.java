package org.zepad.core.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleWriter;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.WorkLock;
import org.zepad.core.onnx.ModelInfo;
import org.zepad.core.onnx.ModelInfo.BranchInfo;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.onnx.OnnxExport;
import org.zepad.core.onnx.OnnxFile;
import org.zepad.core.onnx.Precision;
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
   * @param change what another precision than float32 changes; null for float32
   */
  public record Result(
      Path file, long bytes, ModelInfo info, double difference, @Nullable PrecisionChange change) {}

  /**
   * What is wanted.
   *
   * @param tasks which of the bundle's tasks; empty: all of them
   * @param out where to; null: into the bundle, as {@value #PATH}. A model of the same branches
   *     that is there is replaced, anything else is left alone
   * @param lower a precision below float32; null: float32
   */
  public record Order(
      List<String> tasks, @Nullable Path out, InputForm input, @Nullable Lower lower) {
    /** All tasks in float32, for bytes, into the bundle. */
    public static final Order STANDARD = new Order(List.of(), null, InputForm.UINT8, null);

    public Order {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * A precision below float32.
   *
   * @param perturbations crafted universal perturbations, under which the change is measured, too
   */
  public record Lower(Precision precision, ExportConfig config, List<Path> perturbations) {
    public Lower {
      perturbations = List.copyOf(perturbations);
    }
  }

  /**
   * Exports.
   *
   * @param folder the bundle
   * @throws ZepadException of kind USAGE if a part cannot be exported, naming each; of kind INPUT
   *     if the place is taken, the model does not give what the training engine gives, or the lower
   *     precision costs too much; of kind ENVIRONMENT if another process works on what is written
   */
  public Result run(Path folder, Order order) {
    Path drafts = drafts();
    try (WorkLock lock = WorkLock.of(order.out() == null ? folder : order.out());
        RunContext context = settings.context(folder.resolveSibling("none"));
        Bundle bundle = Bundle.open(folder, plugins, context)) {
      OnnxExport export = OnnxExport.of(bundle, order.tasks(), order.input(), Versions.all());
      if (order.out() != null) {
        requireFree(order.out(), export.info());
      }
      Path single = drafts.resolve("fp32.onnx");
      export.write(single);
      double difference = difference(single, export.info(), bundle, context);
      requireSame(difference);
      Lower lower = order.lower();
      if (lower == null) {
        return place(single, folder, order.out(), export.info(), difference, null);
      }
      LowPrecision low = new LowPrecision(plugins, settings, lower.config());
      OnnxExport other = low.of(export, lower.precision(), context);
      Path file = drafts.resolve("lower.onnx");
      other.write(file);
      PrecisionChange change = low.change(folder, single, file, lower.perturbations(), context);
      requireCheap(change, lower);
      difference = difference(file, other.info(), bundle, context);
      return place(file, folder, order.out(), other.info(), difference, change);
    } finally {
      AtomicFiles.delete(drafts);
    }
  }

  private static Path drafts() {
    try {
      return Files.createTempDirectory("zepad-export");
    } catch (IOException e) {
      throw ZepadException.environment("no folder for temporary files can be made: " + e, e);
    }
  }

  private static Result place(
      Path draft,
      Path folder,
      @Nullable Path out,
      ModelInfo info,
      double difference,
      @Nullable PrecisionChange change) {
    if (out == null) {
      BundleWriter.putFile(folder, PATH, file -> Files.copy(draft, file));
    } else {
      AtomicFiles.write(out, stream -> Files.copy(draft, stream));
    }
    Path file = out == null ? folder.resolve(PATH) : out;
    try {
      return new Result(file, Files.size(file), info, difference, change);
    } catch (IOException e) {
      throw ZepadException.environment(file + " cannot be read: " + e, e);
    }
  }

  private static void requireCheap(PrecisionChange change, Lower lower) {
    double most = lower.config().maxLoss();
    // A figure that is not a number costs too much, too.
    if (!(change.worst() <= most)) {
      String worse =
          change.figures().stream()
              .filter(figure -> !(figure.loss() <= most))
              .map(PrecisionChange.Figure::toString)
              .collect(Collectors.joining(", "));
      throw ZepadException.input(
          String.format(
              Locale.ROOT,
              "%s costs more than %s percentage points on %d test images: %s. Nothing was written."
                  + " Calibrate it on more images, allow a greater max-loss, or export in another"
                  + " precision.",
              lower.precision().name().toLowerCase(Locale.ROOT),
              most,
              change.images(),
              worse));
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

  private double difference(Path file, ModelInfo info, Bundle bundle, RunContext context) {
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
    return worst;
  }

  private static void requireSame(double difference) {
    if (!(difference <= TOLERANCE)) {
      throw ZepadException.input(
          "the exported model gives other logits than the training engine, by "
              + difference
              + " of the greatest: a plugin says something else than it computes, or weights are"
              + " beyond what float32 can compute. Nothing was written.");
    }
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
