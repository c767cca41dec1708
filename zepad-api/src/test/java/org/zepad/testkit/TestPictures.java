package org.zepad.testkit;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
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

  /**
   * A JPEG of four components, 8 by 8 pixels, with Adobe's segment, which Java writes without.
   *
   * @param transform 0 for inks, 2 for luma and chroma of the inks
   * @param values of each pixel
   */
  public static byte[] fourComponents(int transform, int... values) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        raster.setPixel(x, y, values);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    byte[] plain = out.toByteArray();
    ByteBuffer with = ByteBuffer.allocate(plain.length + 16);
    with.put(plain, 0, 2).put(new byte[] {(byte) 0xff, (byte) 0xee, 0, 14});
    with.put("Adobe".getBytes(StandardCharsets.US_ASCII)).put(new byte[] {0, 100, 0, 0, 0, 0});
    return with.put((byte) transform).put(plain, 2, plain.length - 2).array();
  }

  /** A PNG of a few bytes whose header promises 60,000 by 60,000 pixels. */
  public static byte[] hugeByItsHeader() throws IOException {
    byte[] png = bytes(flat(2, 2, 0), "png");
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return png;
  }

  /**
   * Writes pictures that are unusual but sound: CMYK, 16 bits, one pixel.
   *
   * @return their number
   */
  public static int writeUnusual(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("cmyk.jpg"), fourComponents(0, 200, 100, 50, 204));
    BufferedImage deep = new BufferedImage(5, 4, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(1, 1, 0, 40_000);
    Files.write(folder.resolve("deep.png"), bytes(deep, "png"));
    Files.write(folder.resolve("one.png"), bytes(flat(1, 1, 0x123456), "png"));
    return 3;
  }

  /**
   * Writes pictures that cannot be read: cut off, too large by the header, no picture at all,
   * empty.
   *
   * @return their number
   */
  public static int writeDamaged(Path folder) throws IOException {
    Files.createDirectories(folder);
    byte[] sound = bytes(flat(40, 40, 0x345678), "jpg");
    Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(sound, sound.length / 2));
    Files.write(folder.resolve("huge.png"), hugeByItsHeader());
    Files.writeString(folder.resolve("text.jpg"), "This is no picture.");
    Files.write(folder.resolve("void.jpg"), new byte[0]);
    return 4;
  }
}
