package org.zepad.datasets.shapes;

import org.zepad.api.dataset.RgbImage;

/**
 * One picture: a background that drifts between two colours, clutter, the textured shape, some
 * clutter in front of it, light that falls off to one side, and noise. Lengths are given for a
 * picture of 32 pixels and grow with it.
 */
final class Scene {
  private static final int BEHIND = 3;
  private static final int IN_FRONT = 1;
  // 30 degrees: enough that no outline stands still, little enough to be learnt from few images.
  private static final float TILT = (float) (Math.PI / 6);

  private final int side;
  private final float unit;
  private final Stream stream;
  private final float[] canvas;

  /**
   * Prepares a picture.
   *
   * @param side in pixels
   * @param stream every choice is drawn from it, in an order that does not depend on the class
   */
  Scene(int side, Stream stream) {
    this.side = side;
    this.unit = side / 32f;
    this.stream = stream;
    this.canvas = new float[3 * side * side];
  }

  RgbImage draw(Kind kind) {
    Palette palette = Palette.draw(stream);
    background(palette);
    for (int i = 0; i < BEHIND; i++) {
      clutter();
    }
    shape(kind.outline(), kind.texture(), palette);
    for (int i = 0; i < IN_FRONT; i++) {
      clutter();
    }
    return develop();
  }

  private void background(Palette palette) {
    float angle = turn();
    float dx = cos(angle) / side;
    float dy = sin(angle) / side;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        float t = 0.5f + (x - side / 2f) * dx + (y - side / 2f) * dy;
        blend(y * side + x, palette.backgroundB(), 1, palette.backgroundA(), t);
      }
    }
  }

  private void shape(Outline outline, Texture texture, Palette palette) {
    float middleX = side * stream.uniform(0.41f, 0.59f);
    float middleY = side * stream.uniform(0.41f, 0.59f);
    float radius = unit * stream.uniform(8.5f, 11);
    float angle = stream.uniform(-TILT, TILT);
    float grain = turn();
    float period = texture.coarseness() * unit * stream.uniform(5, 7);
    float shiftU = stream.uniform(0, period);
    float shiftV = stream.uniform(0, period);
    float cosA = cos(angle) / radius;
    float sinA = sin(angle) / radius;
    float cosG = cos(grain);
    float sinG = sin(grain);
    float reach = radius * outline.reach() + 1;
    for (int y = from(middleY, reach); y < to(middleY, reach); y++) {
      for (int x = from(middleX, reach); x < to(middleX, reach); x++) {
        float px = x + 0.5f - middleX;
        float py = y + 0.5f - middleY;
        float inside = 0.5f + radius * outline.depth(cosA * px + sinA * py, cosA * py - sinA * px);
        if (inside > 0) {
          float share =
              texture.share(cosG * px + sinG * py + shiftU, cosG * py - sinG * px + shiftV, period);
          blend(y * side + x, palette.first(), Math.min(1, inside), palette.second(), share);
        }
      }
    }
  }

  /** A bar with round ends, short or long, of any colour. */
  private void clutter() {
    float[] colour = Palette.clutter(stream);
    float middleX = side * stream.uniform(0, 1);
    float middleY = side * stream.uniform(0, 1);
    float angle = turn();
    float half = unit * stream.uniform(0, 4);
    float thick = unit * stream.uniform(0.5f, 1.3f);
    float dx = cos(angle);
    float dy = sin(angle);
    float reach = half + thick + 1;
    for (int y = from(middleY, reach); y < to(middleY, reach); y++) {
      for (int x = from(middleX, reach); x < to(middleX, reach); x++) {
        float px = x + 0.5f - middleX;
        float py = y + 0.5f - middleY;
        float along = Math.max(-half, Math.min(half, px * dx + py * dy));
        float rx = px - along * dx;
        float ry = py - along * dy;
        float inside = 0.5f + thick - (float) Math.sqrt(rx * rx + ry * ry);
        if (inside > 0) {
          blend(y * side + x, colour, Math.min(1, inside), colour, 1);
        }
      }
    }
  }

  /** Light and noise, then 8 bits. */
  private RgbImage develop() {
    float angle = turn();
    float strength = stream.uniform(0, 0.7f) / side;
    float dx = cos(angle) * strength;
    float dy = sin(angle) * strength;
    float level = stream.uniform(0.85f, 1.1f);
    float noise = 255 * stream.uniform(0.01f, 0.04f);
    byte[] planes = new byte[canvas.length];
    int pixels = side * side;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        float light = 255 * (level + (x - side / 2f) * dx + (y - side / 2f) * dy);
        long bits = stream.bits();
        for (int c = 0; c < 3; c++) {
          int i = c * pixels + y * side + x;
          float value = canvas[i] * light + noise * bell(bits >>> (21 * c));
          planes[i] = (byte) Math.max(0, Math.min(255, (int) (value + 0.5f)));
        }
      }
    }
    return new RgbImage(side, side, planes);
  }

  /** About a normal variable of mean 0 and deviation 1: the sum of three uniform ones of 7 bits. */
  private static float bell(long bits) {
    long sum = (bits & 127) + ((bits >>> 7) & 127) + ((bits >>> 14) & 127);
    return (sum - 190.5f) / 64;
  }

  /** Lays share * a + (1 - share) * b over a pixel. */
  private void blend(int pixel, float[] a, float cover, float[] b, float share) {
    int pixels = side * side;
    for (int c = 0; c < 3; c++) {
      float colour = b[c] + share * (a[c] - b[c]);
      int i = c * pixels + pixel;
      canvas[i] += cover * (colour - canvas[i]);
    }
  }

  private int from(float middle, float reach) {
    return Math.max(0, (int) (middle - reach));
  }

  private int to(float middle, float reach) {
    return Math.min(side, (int) (middle + reach) + 1);
  }

  private float turn() {
    return stream.uniform(0, (float) (2 * Math.PI));
  }

  // StrictMath: the last bit of Math's functions may differ from machine to machine.
  private static float cos(float angle) {
    return (float) StrictMath.cos(angle);
  }

  private static float sin(float angle) {
    return (float) StrictMath.sin(angle);
  }
}
