package org.zepad.core.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.zepad.api.dataset.RgbImage;

/** Writes pictures without loss. */
public final class PngFiles {
  private PngFiles() {}

  /** The picture as an 8-bit RGB PNG. */
  public static byte[] encode(RgbImage image) {
    int width = image.width();
    int height = image.height();
    BufferedImage buffered = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    byte[] planes = image.planes();
    int plane = width * height;
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        int red = planes[at] & 0xff;
        int green = planes[plane + at] & 0xff;
        int blue = planes[2 * plane + at] & 0xff;
        row[x] = (red << 16) | (green << 8) | blue;
      }
      buffered.setRGB(0, y, width, 1, row, 0, width);
    }
    return encode(buffered);
  }

  /** The picture as a PNG. Nothing is written to disk on the way. */
  static byte[] encode(BufferedImage buffered) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(buffered, "png", out)) {
        throw new IllegalStateException("this Java runtime cannot write PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
