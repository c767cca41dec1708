package org.zepad.core.data;

/**
 * Changes of colour on planar float images (3 planes of n pixels, in [0, 1]), with the formulas of
 * torchvision's tensor transforms. Everything is in place and stays in [0, 1].
 */
final class Colours {
  // ITU-R BT.601, as torchvision and Pillow weight them.
  private static final float RED = 0.2989f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private Colours() {}

  /** Multiplies every value by a factor of at least 0. */
  static void brightness(float[] x, int offset, int n, float factor) {
    for (int i = offset; i < offset + 3 * n; i++) {
      x[i] = Math.min(1, x[i] * factor);
    }
  }

  /** Moves every value away from (factor above 1) or to (below 1) the mean grey of the image. */
  static void contrast(float[] x, int offset, int n, float factor) {
    double sum = 0;
    for (int i = offset; i < offset + n; i++) {
      sum += grey(x[i], x[i + n], x[i + 2 * n]);
    }
    float rest = (1 - factor) * (float) (sum / n);
    for (int i = offset; i < offset + 3 * n; i++) {
      x[i] = clamp(x[i] * factor + rest);
    }
  }

  /** Moves every pixel away from or to its own grey. */
  static void saturation(float[] x, int offset, int n, float factor) {
    for (int i = offset; i < offset + n; i++) {
      float rest = (1 - factor) * grey(x[i], x[i + n], x[i + 2 * n]);
      x[i] = clamp(x[i] * factor + rest);
      x[i + n] = clamp(x[i + n] * factor + rest);
      x[i + 2 * n] = clamp(x[i + 2 * n] * factor + rest);
    }
  }

  /**
   * Turns the hue of every pixel; value and saturation (HSV) stay.
   *
   * @param shift in turns of the colour circle, in [-0.5, 0.5]
   */
  static void hue(float[] x, int offset, int n, float shift) {
    for (int i = offset; i < offset + n; i++) {
      float r = x[i];
      float g = x[i + n];
      float b = x[i + 2 * n];
      float max = Math.max(r, Math.max(g, b));
      float min = Math.min(r, Math.min(g, b));
      float chroma = max - min;
      if (chroma == 0) {
        continue;
      }
      float sector;
      if (max == r) {
        sector = (g - b) / chroma;
      } else if (max == g) {
        sector = 2 + (b - r) / chroma;
      } else {
        sector = 4 + (r - g) / chroma;
      }
      sector += 6 * shift;
      if (sector < 0) {
        sector += 6;
      } else if (sector >= 6) {
        sector -= 6;
      }
      int whole = (int) sector;
      float falling = max - chroma * (sector - whole);
      float rising = min + chroma * (sector - whole);
      // A sum that rounds up to 6 is the first sector again.
      switch (whole % 6) {
        case 0 -> set(x, i, n, max, rising, min);
        case 1 -> set(x, i, n, falling, max, min);
        case 2 -> set(x, i, n, min, max, rising);
        case 3 -> set(x, i, n, min, falling, max);
        case 4 -> set(x, i, n, rising, min, max);
        default -> set(x, i, n, max, min, falling);
      }
    }
  }

  /** Turns every pixel into its grey. */
  static void greyscale(float[] x, int offset, int n) {
    for (int i = offset; i < offset + n; i++) {
      float grey = clamp(grey(x[i], x[i + n], x[i + 2 * n]));
      set(x, i, n, grey, grey, grey);
    }
  }

  /** Inverts the values of at least one half. */
  static void solarize(float[] x, int offset, int n) {
    for (int i = offset; i < offset + 3 * n; i++) {
      x[i] = x[i] >= 0.5f ? 1 - x[i] : x[i];
    }
  }

  private static float grey(float r, float g, float b) {
    return RED * r + GREEN * g + BLUE * b;
  }

  private static float clamp(float v) {
    return Math.max(0, Math.min(1, v));
  }

  private static void set(float[] x, int i, int n, float r, float g, float b) {
    x[i] = r;
    x[i + n] = g;
    x[i + 2 * n] = b;
  }
}
