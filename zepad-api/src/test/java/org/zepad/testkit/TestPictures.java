package org.zepad.testkit;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.zepad.api.dataset.RgbImage;

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

  /** Red, green and blue of a pixel, 0 to 255. */
  public static int[] pixel(RgbImage image, int x, int y) {
    int at = y * image.width() + x;
    int plane = image.width() * image.height();
    return IntStream.range(0, 3).map(c -> image.planes()[c * plane + at] & 255).toArray();
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
