package org.zepad.api.picture;

import java.awt.image.Raster;
import org.zepad.api.dataset.RgbImage;

/**
 * What must be known of a JPEG file beside its pixels (ITU-T T.81): whether it is whole, and how
 * four components are to be understood, which the runtime's decoder leaves to its caller.
 */
final class Jpeg {
  private static final int END = 0xd9;
  private static final int ADOBE = 0xee;
  private static final int YCCK = 2;

  private Jpeg() {}

  static boolean recognises(byte[] bytes) {
    return bytes.length >= 3
        && at(bytes, 0) == 0xff
        && at(bytes, 1) == 0xd8
        && at(bytes, 2) == 0xff;
  }

  /** Whether the marker of the end is reached; what follows it does not matter. */
  static boolean isWhole(byte[] bytes) {
    return find(bytes, END) >= 0;
  }

  /** The number of components, 3 for colour; 0 if the file does not say. */
  static int components(byte[] bytes) {
    for (int frame = 0xc0; frame <= 0xcf; frame++) {
      // Three numbers of this range are tables.
      int start = frame == 0xc4 || frame == 0xc8 || frame == 0xcc ? -1 : find(bytes, frame);
      if (start >= 0 && start + 7 < bytes.length) {
        return at(bytes, start + 7);
      }
    }
    return 0;
  }

  /** How Adobe's segment says that the colours were transformed; 0, not at all, without one. */
  static int transform(byte[] bytes) {
    int start = find(bytes, ADOBE);
    return start >= 0 && start + 13 < bytes.length && at(bytes, start + 2) == 'A'
        ? at(bytes, start + 13)
        : 0;
  }

  /**
   * Four components as RGB. Such files come from Adobe's programs, which store inks inverted, as
   * the light that they leave; with the transform 2 the first three are luma and chroma of the
   * inks.
   */
  static RgbImage fromCmyk(Raster raster, int transform) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int plane = width * height;
    byte[] planes = new byte[Math.multiplyExact(3, plane)];
    int[] row = new int[4 * width];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        double a = row[4 * x];
        double b = row[4 * x + 1];
        double c = row[4 * x + 2];
        double light = row[4 * x + 3] / 255.0;
        int at = y * width + x;
        if (transform == YCCK) {
          planes[at] = level(255 - a - 1.402 * (c - 128), light);
          planes[plane + at] = level(255 - a + 0.344136 * (b - 128) + 0.714136 * (c - 128), light);
          planes[2 * plane + at] = level(255 - a - 1.772 * (b - 128), light);
        } else {
          planes[at] = level(a, light);
          planes[plane + at] = level(b, light);
          planes[2 * plane + at] = level(c, light);
        }
      }
    }
    return new RgbImage(width, height, planes);
  }

  private static byte level(double inverted, double light) {
    return (byte) Math.round(Math.max(0, Math.min(255, inverted)) * light);
  }

  // Where the length of the first segment of that kind is, or the end; -1 if there is none.
  private static int find(byte[] bytes, int wanted) {
    int i = 2;
    while (i + 1 < bytes.length) {
      int marker = at(bytes, i + 1);
      if (at(bytes, i) != 0xff || marker == 0xff) {
        // Stray or fill bytes between segments: decoders skip them.
        i++;
      } else if (marker == wanted) {
        return i + 2;
      } else if (marker == 0 || marker == 1 || (marker >= 0xd0 && marker <= END)) {
        i += 2;
      } else if (i + 3 < bytes.length) {
        // After a scan's header its data follow, in which a marker is the next 0xff without a 0.
        i += 2 + (at(bytes, i + 2) << 8 | at(bytes, i + 3));
      } else {
        return -1;
      }
    }
    return -1;
  }

  private static int at(byte[] bytes, int index) {
    return bytes[index] & 255;
  }
}
