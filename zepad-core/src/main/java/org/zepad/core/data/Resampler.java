package org.zepad.core.data;

import org.zepad.api.dataset.RgbImage;

/**
 * Cuts a rectangle out of an image and resizes it to a square, with the weights of {@link Taps}.
 * Every resize of images in this program is done here, so that training, evaluation and attacks see
 * the same pixels. Not thread-safe: it keeps scratch memory.
 */
final class Resampler {
  private final Taps horizontal = new Taps();
  private final Taps vertical = new Taps();
  private float[] rows = new float[0];

  /**
   * Resizes the rectangle with its upper left corner at (x, y).
   *
   * @param size side of the result
   * @param mirrored whether left and right change places
   * @param unit the value of one step of a byte: 1 for 0..255, 1/255 for 0..1
   * @param out takes 3 * size * size values, planes of rows
   * @param offset where they start
   */
  void resample(
      RgbImage image,
      int x,
      int y,
      int width,
      int height,
      int size,
      boolean mirrored,
      float unit,
      float[] out,
      int offset) {
    horizontal.prepare(width, size, mirrored);
    vertical.prepare(height, size, false);
    if (rows.length < height * size) {
      rows = new float[height * size];
    }
    int plane = image.width() * image.height();
    for (int c = 0; c < 3; c++) {
      for (int row = 0; row < height; row++) {
        shrinkRow(
            image.planes(), c * plane + (y + row) * image.width() + x, size, unit, row * size);
      }
      shrinkColumns(size, out, offset + c * size * size);
    }
  }

  private void shrinkRow(byte[] bytes, int from, int size, float unit, int target) {
    int[] first = horizontal.first();
    float[] weights = horizontal.weights();
    int count = horizontal.count();
    if (count == 2) {
      for (int o = 0; o < size; o++) {
        int i = from + first[o];
        rows[target + o] =
            unit * (weights[2 * o] * (bytes[i] & 255) + weights[2 * o + 1] * (bytes[i + 1] & 255));
      }
      return;
    }
    for (int o = 0; o < size; o++) {
      int i = from + first[o];
      float sum = 0;
      for (int k = 0; k < count; k++) {
        sum += weights[o * count + k] * (bytes[i + k] & 255);
      }
      rows[target + o] = unit * sum;
    }
  }

  private void shrinkColumns(int size, float[] out, int offset) {
    int[] first = vertical.first();
    float[] weights = vertical.weights();
    int count = vertical.count();
    for (int o = 0; o < size; o++) {
      int target = offset + o * size;
      float w = weights[o * count];
      int source = first[o] * size;
      for (int i = 0; i < size; i++) {
        out[target + i] = w * rows[source + i];
      }
      for (int k = 1; k < count; k++) {
        w = weights[o * count + k];
        source = (first[o] + k) * size;
        for (int i = 0; i < size; i++) {
          out[target + i] += w * rows[source + i];
        }
      }
    }
  }
}
