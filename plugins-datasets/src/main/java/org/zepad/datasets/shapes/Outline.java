package org.zepad.datasets.shapes;

/**
 * Outlines, all of the same area: a circle's of radius 1 in their own unit, so that neither the
 * mean colour nor the number of textured pixels tells them apart.
 */
enum Outline {
  DISC("disc", 1) {
    @Override
    float depth(float x, float y) {
      return 1 - (float) Math.sqrt(x * x + y * y);
    }
  },

  TRIANGLE("triangle", 1.556f) {
    @Override
    float depth(float x, float y) {
      // Inscribed radius sqrt(pi / (3 sqrt 3)); the three sides face 90, 210 and 330 degrees.
      float side = Math.max(-y, 0.5f * y + COS_30 * Math.abs(x));
      return INSCRIBED - side;
    }
  },

  STAR("star", 1.5412f) {
    @Override
    float depth(float x, float y) {
      // Folded into the wedge of 36 degrees on both sides of a point that looks up.
      float u = Math.abs(x);
      float d = 2 * Math.max(COS_36 * u - SIN_36 * y, 0);
      u -= COS_36 * d;
      y += SIN_36 * d;
      d = 2 * Math.max(-COS_36 * u - SIN_36 * y, 0);
      u += COS_36 * d;
      y += SIN_36 * d;
      u = Math.abs(u);
      // The side from the point (0, 1.5412) to the notch at 0.45 of that, 36 degrees away.
      return 0.591868f - 0.92332f * u - 0.384031f * y;
    }
  },

  CROSS("cross", 1.26f) {
    @Override
    float depth(float x, float y) {
      // Arms of length 1.194 and half-width 0.394: 8 * 1.194 * 0.394 - 4 * 0.394^2 = pi.
      float u = Math.abs(x);
      float v = Math.abs(y);
      return Math.min(1.194f - Math.max(u, v), 0.394f - Math.min(u, v));
    }
  };

  private static final float COS_30 = (float) 0.8660254037844386;
  private static final float COS_36 = (float) 0.8090169943749475;
  private static final float SIN_36 = (float) 0.5877852522924731;
  private static final float INSCRIBED = (float) 0.777560150778107;

  private final String label;
  private final float reach;

  Outline(String label, float reach) {
    this.label = label;
    this.reach = reach;
  }

  String label() {
    return label;
  }

  /** The greatest distance of a point of the outline from the middle. */
  float reach() {
    return reach;
  }

  /**
   * How deep a point lies inside: about its distance to the outline, negative outside. Exact enough
   * within a pixel of the outline, where it decides the shade.
   */
  abstract float depth(float x, float y);
}
