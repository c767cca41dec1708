package org.zepad.core.data;

import java.util.Arrays;

/**
 * The weights of resampling one axis bilinearly with half-pixel centres, anti-aliased when made
 * smaller: a triangle of half-width max(1, in / out) around (o + 1/2) in / out, cut at the borders
 * and normalised, as torch's {@code upsample_bilinear2d_aa} and Pillow compute it. Reused, to spare
 * allocation.
 */
final class Taps {
  private int[] first = new int[0];
  private float[] weights = new float[0];
  private int count;

  /**
   * Prepares an axis.
   *
   * @param in its length, at least 1
   * @param out the wanted length, at least 1
   * @param reversed whether the output runs backwards
   */
  void prepare(int in, int out, boolean reversed) {
    double scale = (double) in / out;
    double reach = Math.max(1, scale);
    count = Math.min(in, 2 * (int) Math.ceil(reach) + 1);
    if (scale <= 1) {
      count = Math.min(in, 2);
    }
    if (first.length < out) {
      first = new int[out];
    }
    if (weights.length < out * count) {
      weights = new float[out * count];
    }
    Arrays.fill(weights, 0, out * count, 0);
    for (int o = 0; o < out; o++) {
      double centre = (o + 0.5) * scale;
      int from = Math.max(0, (int) (centre - reach + 0.5));
      int to = Math.min(in, (int) (centre + reach + 0.5));
      // All outputs read the same number of samples: those without weight lie inside the axis too.
      int start = Math.min(from, in - count);
      int slot = reversed ? out - 1 - o : o;
      first[slot] = start;
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += weight(i, centre, reach);
      }
      for (int i = from; i < to; i++) {
        weights[slot * count + i - start] = (float) (weight(i, centre, reach) / sum);
      }
    }
  }

  private static double weight(int i, double centre, double reach) {
    return Math.max(0, 1 - Math.abs((i + 0.5 - centre) / reach));
  }

  /** How many samples each output is made of. */
  int count() {
    return count;
  }

  /** The first sample of each output. */
  int[] first() {
    return first;
  }

  /** {@link #count} weights for each output. */
  float[] weights() {
    return weights;
  }
}
