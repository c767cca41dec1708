package org.zepad.core.audit;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Something unusual that happens to benign images.
 *
 * @param name with its strength
 * @param change what it does to an image
 */
record Corruption(String name, Change change) {

  /** Gaussian noise and blur, and compression, at strengths that leave images easily recognised. */
  static final List<Corruption> ALL =
      List.of(
          noise(0.05),
          noise(0.1),
          blur(1),
          new Corruption("jpeg-75", (pixels, side, random) -> JpegTrip.of(pixels, side, 0.75f)),
          new Corruption("jpeg-40", (pixels, side, random) -> JpegTrip.of(pixels, side, 0.4f)));

  /** Changes one image. */
  @FunctionalInterface
  interface Change {
    /**
     * The changed image.
     *
     * @param pixels three planes in [0, 1]; not changed
     * @param side in pixels
     */
    float[] of(float[] pixels, int side, SplittableRandom random);
  }

  /** Each channel of each pixel by itself, cut to [0, 1]. */
  private static Corruption noise(double deviation) {
    return new Corruption(
        "gaussian-noise-" + deviation,
        (pixels, side, random) -> {
          float[] noisy = new float[pixels.length];
          for (int i = 0; i < pixels.length; i++) {
            double value = pixels[i] + deviation * random.nextGaussian();
            noisy[i] = (float) Math.max(0, Math.min(1, value));
          }
          return noisy;
        });
  }

  /** Rows, then columns; the pixels at the edge go on beyond it. */
  private static Corruption blur(double deviation) {
    int radius = (int) Math.ceil(3 * deviation);
    double[] kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      kernel[i + radius] = Math.exp(-i * i / (2 * deviation * deviation));
      sum += kernel[i + radius];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return new Corruption(
        "gaussian-blur-" + deviation,
        (pixels, side, random) -> along(along(pixels, side, kernel, true), side, kernel, false));
  }

  private static float[] along(float[] pixels, int side, double[] kernel, boolean rows) {
    int radius = kernel.length / 2;
    float[] out = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % side;
      int y = i / side % side;
      int plane = i - y * side - x;
      double sum = 0;
      for (int k = -radius; k <= radius; k++) {
        int column = rows ? Math.max(0, Math.min(side - 1, x + k)) : x;
        int row = rows ? y : Math.max(0, Math.min(side - 1, y + k));
        sum += kernel[k + radius] * pixels[plane + row * side + column];
      }
      out[i] = (float) sum;
    }
    return out;
  }
}
