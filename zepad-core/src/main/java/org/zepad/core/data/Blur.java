package org.zepad.core.data;

import java.util.Arrays;

/**
 * A separable Gaussian blur of planar square float images, cut at three standard deviations,
 * mirrored at the borders without repeating them (torchvision's padding). Keeps scratch memory: not
 * thread-safe.
 */
final class Blur {
  private float[] kernel = new float[0];
  private float[] line = new float[0];
  private float[] rows = new float[0];

  /**
   * Blurs in place.
   *
   * @param side of the image in pixels
   * @param sigma in pixels, positive
   */
  void blur(float[] x, int offset, int side, double sigma) {
    int radius = Math.min((int) Math.ceil(3 * sigma), side - 1);
    prepare(radius, side, sigma);
    for (int c = 0; c < 3; c++) {
      int plane = offset + c * side * side;
      for (int y = 0; y < side; y++) {
        blurRow(x, plane + y * side, side, radius, y * side);
      }
      for (int y = 0; y < side; y++) {
        blurColumns(x, plane + y * side, side, radius, y);
      }
    }
  }

  private void prepare(int radius, int side, double sigma) {
    if (kernel.length < 2 * radius + 1) {
      kernel = new float[2 * radius + 1];
    }
    if (line.length < side + 2 * radius) {
      line = new float[side + 2 * radius];
    }
    if (rows.length < side * side) {
      rows = new float[side * side];
    }
    double sum = 0;
    for (int k = -radius; k <= radius; k++) {
      sum += Math.exp(-0.5 * k * k / (sigma * sigma));
    }
    for (int k = -radius; k <= radius; k++) {
      kernel[k + radius] = (float) (Math.exp(-0.5 * k * k / (sigma * sigma)) / sum);
    }
  }

  private void blurRow(float[] x, int from, int side, int radius, int target) {
    System.arraycopy(x, from, line, radius, side);
    for (int k = 1; k <= radius; k++) {
      line[radius - k] = x[from + k];
      line[radius + side - 1 + k] = x[from + side - 1 - k];
    }
    for (int i = 0; i < side; i++) {
      rows[target + i] = kernel[0] * line[i];
    }
    for (int k = 1; k <= 2 * radius; k++) {
      float w = kernel[k];
      for (int i = 0; i < side; i++) {
        rows[target + i] += w * line[i + k];
      }
    }
  }

  private void blurColumns(float[] x, int to, int side, int radius, int y) {
    Arrays.fill(x, to, to + side, 0);
    for (int k = -radius; k <= radius; k++) {
      int source = y + k;
      source = source < 0 ? -source : source >= side ? 2 * (side - 1) - source : source;
      float w = kernel[k + radius];
      for (int i = 0; i < side; i++) {
        x[to + i] += w * rows[source * side + i];
      }
    }
    for (int i = 0; i < side; i++) {
      // The weights may sum to a hair above one.
      x[to + i] = Math.min(1, x[to + i]);
    }
  }
}
