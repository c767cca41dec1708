package org.zepad.core.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.core.plugin.PluginRegistry;

/** Measures how fast an encoder is on this machine, to tell how long work will take. */
public final class SpeedProbe {
  private static final int BATCH = 32;
  private static final int PASSES = 3;

  private SpeedProbe() {}

  /**
   * The time that an image takes to pass an encoder forward, in a batch of {@value #BATCH}: the
   * least of {@value #PASSES} passes, after one that warms up.
   *
   * @param encoder its file, or {@code zoo:METHOD}
   * @param size side of the images in pixels
   * @return seconds
   */
  public static double secondsPerImage(
      PluginRegistry plugins, Settings settings, String encoder, int size) {
    Path file = EncoderLoader.file(encoder, plugins);
    try (RunContext context = settings.context(Path.of("none"));
        Encoder loaded = EncoderLoader.load(file, plugins, context);
        NDManager scope = context.manager().newSubManager()) {
      UnaryOperator<NDArray> evaluator = loaded.evaluator(scope);
      NDArray images = scope.ones(new Shape(BATCH, 3, size, size));
      pass(evaluator, images);
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < PASSES; i++) {
        long started = System.nanoTime();
        pass(evaluator, images);
        least = Math.min(least, (System.nanoTime() - started) / 1e9);
      }
      return least / BATCH;
    }
  }

  private static void pass(UnaryOperator<NDArray> evaluator, NDArray images) {
    // Reading the values waits for the computation.
    try (NDManager step = images.getManager().newSubManager()) {
      NDArray own = images.duplicate();
      own.attach(step);
      evaluator.apply(own).toFloatArray();
    }
  }
}
