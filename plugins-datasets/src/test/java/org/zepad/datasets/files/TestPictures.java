package org.zepad.datasets.files;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small pictures that tests make. */
public final class TestPictures {
  private TestPictures() {}

  /** A picture of one colour. */
  public static BufferedImage flat(int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  /** The bytes of a file of that format. */
  public static byte[] bytes(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("no writer of " + format);
    }
    return out.toByteArray();
  }

  /** Writes pictures of one colour into a folder, each of another size; JPEG or by the name. */
  public static void write(Path folder, int rgb, String... names) throws IOException {
    Files.createDirectories(folder);
    int size = 8;
    for (String name : names) {
      String format = name.endsWith("png") ? "png" : name.endsWith("bmp") ? "bmp" : "jpg";
      Files.write(folder.resolve(name), bytes(flat(size++, 8, rgb), format));
    }
  }
}
