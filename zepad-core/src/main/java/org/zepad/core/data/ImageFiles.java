package org.zepad.core.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.RgbImage;

/**
 * Reads picture files of any origin: the formats of the Java runtime (JPEG, PNG, GIF, BMP, TIFF).
 * The size is taken from the header and bounded before a pixel is decoded. Nothing is written to
 * disk.
 */
public final class ImageFiles {
  /** More pixels than any camera gives; beyond it a small file could fill the memory. */
  private static final long MAX_PIXELS = 100_000_000;

  private static final long MAX_BYTES = 200L << 20;

  private ImageFiles() {}

  /**
   * Reads a picture as 8-bit RGB. Greyscale gets three equal channels; transparency is laid on
   * white.
   *
   * @throws ZepadException of kind INPUT, naming the file and what is wrong with it
   */
  public static RgbImage read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw ZepadException.input(file + " is no file. Give the path of a picture.");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw ZepadException.input(
            file + " has " + Files.size(file) + " bytes; a picture may have " + MAX_BYTES);
      }
      try (ImageInputStream in = new MemoryCacheImageInputStream(Files.newInputStream(file))) {
        return decode(file, in);
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof ZepadException known) {
        throw known;
      }
      // Decoders of damaged files fail in many ways; all of them mean the same to a person.
      throw ZepadException.input(file + " is damaged or no picture: " + e.getMessage(), e);
    }
  }

  private static RgbImage decode(Path file, ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw ZepadException.input(
          file + " is no picture that can be read; expected JPEG, PNG, GIF, BMP or TIFF");
    }
    ImageReader reader = readers.next();
    try {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > MAX_PIXELS) {
        throw ZepadException.input(
            file + " has " + width + "x" + height + " pixels; at most " + MAX_PIXELS + " are read");
      }
      return planes(reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  private static RgbImage planes(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int plane = width * height;
    byte[] planes = new byte[Math.multiplyExact(3, plane)];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int argb = row[x];
        int alpha = argb >>> 24;
        int at = y * width + x;
        planes[at] = onWhite(argb >> 16, alpha);
        planes[plane + at] = onWhite(argb >> 8, alpha);
        planes[2 * plane + at] = onWhite(argb, alpha);
      }
    }
    return new RgbImage(width, height, planes);
  }

  private static byte onWhite(int channel, int alpha) {
    return (byte) (((channel & 0xff) * alpha + 255 * (255 - alpha) + 127) / 255);
  }
}
