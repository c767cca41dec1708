package org.zepad.core.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zepad.api.RunContext;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.defence.Branch;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.evaluate.FusedModel;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.Classification;

/** A bundle under the training engine. */
final class EngineModel implements PictureModel {
  private static final int COLOURS = 3;

  private final RunContext context;
  private final Bundle bundle;
  private final FusedModel model;
  private final TaskInfo task;
  private final String reason;

  private EngineModel(RunContext context, Bundle bundle, TaskInfo task, String reason) {
    this.context = context;
    this.bundle = bundle;
    this.task = task;
    this.reason = reason;
    this.model = bundle.model(task.name());
  }

  /**
   * Opens a bundle.
   *
   * @param reason why the training engine computes
   */
  static EngineModel open(
      Path folder, TaskInfo task, PluginRegistry plugins, Settings settings, String reason) {
    RunContext context = settings.context(folder.resolveSibling("none"));
    try {
      return new EngineModel(context, Bundle.open(folder, plugins, context), task, reason);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  @Override
  public TaskInfo task() {
    return task;
  }

  @Override
  public List<String> branches() {
    return bundle.branches().stream().map(Branch::name).toList();
  }

  @Override
  public int size() {
    return bundle.branches().stream()
        .mapToInt(branch -> branch.encoder().info().preprocessing().size())
        .max()
        .orElseThrow();
  }

  @Override
  public String engine() {
    Device device = context.manager().getDevice();
    String name = device.isGpu() ? "CUDA:" + device.getDeviceId() : "CPU";
    return "the training engine on " + name + " (" + reason + ")";
  }

  @Override
  public List<Classification> classify(List<RgbImage> images) {
    int size = size();
    ByteBuffer pixels = ByteBuffer.allocate(images.size() * COLOURS * size * size);
    images.forEach(image -> pixels.put(image.planes()));
    Shape shape = new Shape(images.size(), COLOURS, size, size);
    List<Classification> results = new ArrayList<>();
    try (NDManager scope = context.manager().newSubManager()) {
      NDArray bytes = scope.create(pixels.flip(), shape, DataType.UINT8);
      NDArray floats = bytes.toType(DataType.FLOAT32, true).divi(255);
      DefenceTarget.Output output = model.forward(floats);
      float[] logits = output.fused().logits().toFloatArray();
      float[] confidences = output.fused().confidences().toFloatArray();
      float[] scores = output.detection().toFloatArray();
      for (int i = 0; i < scores.length; i++) {
        results.add(
            Classification.of(
                task,
                row(logits, i, scores.length),
                row(confidences, i, scores.length),
                scores[i]));
      }
    }
    return results;
  }

  private static float[] row(float[] numbers, int row, int rows) {
    int columns = numbers.length / rows;
    return Arrays.copyOfRange(numbers, row * columns, (row + 1) * columns);
  }

  @Override
  public void close() {
    bundle.close();
    context.close();
  }
}
