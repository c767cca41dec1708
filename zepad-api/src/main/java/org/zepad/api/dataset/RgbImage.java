package org.zepad.api.dataset;

/**
 * An 8-bit RGB image.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param planes 3 * height * width bytes: the red plane row by row, then green, then blue; not to
 *     be changed by whoever receives it
 */
public record RgbImage(int width, int height, byte[] planes) {
  public RgbImage {
    if (width < 1 || height < 1 || planes.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "an image of "
              + width
              + "x"
              + height
              + " needs 3 planes, got "
              + planes.length
              + " bytes");
    }
  }
}
