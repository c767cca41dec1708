package org.zepad.datasets.shapes;

/**
 * Two-coloured patterns. The two colours are drawn alike and so exchangeable: no pattern has a mean
 * colour of its own, whatever share of the first colour it has.
 */
enum Texture {
  STRIPES("stripes", 1) {
    @Override
    float share(float u, float v, float period) {
      return clamp(0.5f + edge(u, period));
    }
  },

  CHECKS("checks", 1.45f) {
    @Override
    float share(float u, float v, float period) {
      float a = 2 * clamp(0.5f + edge(u, period)) - 1;
      float b = 2 * clamp(0.5f + edge(v, period)) - 1;
      return 0.5f + 0.5f * a * b;
    }
  },

  DOTS("dots", 1.2f) {
    @Override
    float share(float u, float v, float period) {
      float a = (fraction(u / period) - 0.5f) * period;
      float b = (fraction(v / period) - 0.5f) * period;
      return clamp(0.5f + 0.34f * period - (float) Math.sqrt(a * a + b * b));
    }
  };

  private final String label;
  private final float coarseness;

  Texture(String label, float coarseness) {
    this.label = label;
    this.coarseness = coarseness;
  }

  String label() {
    return label;
  }

  /** The period of this pattern where stripes have one of 1: alike to the eye. */
  float coarseness() {
    return coarseness;
  }

  /**
   * The share of the first colour at a point, from 0 to 1, the border between the colours one pixel
   * wide.
   *
   * @param period in pixels, as are the coordinates
   */
  abstract float share(float u, float v, float period);

  // The distance in pixels to the next border of stripes, positive in the first colour.
  private static float edge(float u, float period) {
    return (Math.abs(fraction(u / period) - 0.5f) - 0.25f) * period;
  }

  private static float fraction(float x) {
    return x - (float) Math.floor(x);
  }

  private static float clamp(float x) {
    return Math.max(0, Math.min(1, x));
  }
}
