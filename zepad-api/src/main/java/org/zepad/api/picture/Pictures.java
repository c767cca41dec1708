package org.zepad.api.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.RgbImage;

/**
 * Reads a picture as 8-bit RGB: PPM, and what the Java runtime reads (JPEG, PNG, GIF, BMP, TIFF).
 * The size is taken from the header and bounded before a pixel is decoded; nothing is written to
 * disk.
 *
 * <p>Greyscale gets three equal channels, 16 bits are reduced to 8, transparency is laid on white,
 * CMYK of JPEG files becomes RGB. Colour profiles and the orientation that a camera noted are left
 * alone, as torchvision does. Pixels of a JPEG may differ from those of another decoder by a few
 * levels.
 */
public final class Pictures {
  /** More than any camera gives; beyond it a small file could fill the memory. */
  private static final long MAX_PIXELS = 100_000_000;

  private static final long MAX_BYTES = 320L << 20;

  // PNG's best: 8 pixels in a byte, which deflate shrinks 1032 times (RFC 1951).
  private static final long MOST_PIXELS_A_BYTE = 8 * 1032;

  private static final int MAX_SAMPLE_BITS = 16;

  // To be raised when the same bytes give other pixels than before.
  private static final int VERSION = 1;

  private Pictures() {}

  /**
   * What decides the pixels of these files, for {@link org.zepad.api.dataset.Images#identity}:
   * their paths, sizes and times, and the decoder. A file that is missing counts as such.
   */
  public static String identity(List<Path> files) {
    MessageDigest digest = sha256();
    add(digest, "pictures " + VERSION + " of Java " + Runtime.version());
    for (Path file : files) {
      add(digest, file.toAbsolutePath().normalize().toString());
      try {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        add(digest, facts.size() + " " + facts.lastModifiedTime());
      } catch (IOException e) {
        add(digest, "missing");
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static ZepadException unreadable(Path file, IOException e) {
    return ZepadException.input("cannot read " + file + ": " + e, e);
  }

  /**
   * Reads a picture.
   *
   * @throws ZepadException of kind INPUT, naming the file and what is wrong with it
   */
  public static RgbImage read(Path file) {
    return read(file.toString(), bytes(file));
  }

  /**
   * Reads a picture that is in memory.
   *
   * @param name what messages call it
   * @param bytes of its file, not changed
   * @throws ZepadException of kind INPUT, saying what is wrong with it
   */
  public static RgbImage read(String name, byte[] bytes) {
    requireBytes(name, bytes);
    if (Ppm.recognises(bytes)) {
      return Ppm.decode(name, bytes);
    }
    try {
      return decode(name, bytes);
    } catch (ZepadException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(name, e);
    }
  }

  /**
   * How many pixels a picture that is in memory claims to have. Its header alone is looked at, so
   * that whoever takes pictures from strangers can refuse one before it takes memory.
   *
   * @param name what messages call it
   * @param bytes of its file, not changed
   * @throws ZepadException of kind INPUT, saying what is wrong with it
   */
  public static long pixels(String name, byte[] bytes) {
    requireBytes(name, bytes);
    if (Ppm.recognises(bytes)) {
      return bytes.length / 3;
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = reader(name, in);
      try {
        return (long) reader.getWidth(0) * reader.getHeight(0);
      } finally {
        reader.dispose();
      }
    } catch (ZepadException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(name, e);
    }
  }

  private static void requireBytes(String name, byte[] bytes) {
    if (bytes.length == 0) {
      throw ZepadException.input(
          name + " is damaged: it is empty. Copy or download it again, or remove it");
    }
  }

  // Decoders of damaged files fail in many ways; all of them mean the same to a person.
  private static ZepadException damaged(String name, Exception e) {
    return ZepadException.input(
        name + " is damaged or no picture: " + e + ". Copy or download it again, or remove it", e);
  }

  private static byte[] bytes(Path file) {
    try {
      long length = Files.size(file);
      if (length > MAX_BYTES) {
        throw ZepadException.input(
            file + " has " + length + " bytes; a picture may have " + MAX_BYTES);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static RgbImage decode(String name, byte[] bytes) throws IOException {
    boolean jpeg = Jpeg.recognises(bytes);
    if (jpeg && !Jpeg.isWhole(bytes)) {
      // The runtime's decoder would fill what is missing with grey.
      throw ZepadException.input(
          name + " is truncated: a JPEG without its end. Copy or download it again, or remove it");
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = reader(name, in);
      try {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MAX_PIXELS) {
          throw ZepadException.input(
              name
                  + " has "
                  + width
                  + "x"
                  + height
                  + " pixels; at most "
                  + MAX_PIXELS
                  + " are read. Make it smaller, or remove it");
        }
        boolean tiff = reader.getFormatName().equalsIgnoreCase("tif");
        // Decoders take memory for what a header claims before they miss its pixels. TIFF alone
        // has a code, that of fax, by which a bit may stand for a line of any length.
        if ((long) width * height > MOST_PIXELS_A_BYTE * bytes.length && !tiff) {
          throw ZepadException.input(
              name
                  + " is damaged: its "
                  + bytes.length
                  + " bytes cannot hold the "
                  + width
                  + "x"
                  + height
                  + " pixels that its header claims. Copy or download it again, or remove it");
        }
        if (tiff) {
          requireSampleSize(name, reader);
        }
        return jpeg && Jpeg.components(bytes) == 4
            ? Jpeg.fromCmyk(reader.readRaster(0, null), Jpeg.transform(bytes))
            : planes(reader.read(0));
      } finally {
        reader.dispose();
      }
    }
  }

  // The decoder of TIFF makes a table of 2^bits numbers before it looks for a pixel.
  private static void requireSampleSize(String name, ImageReader reader) throws IOException {
    ImageTypeSpecifier type = reader.getRawImageType(0);
    if (type == null || type.getSampleModel().getDataType() >= DataBuffer.TYPE_FLOAT) {
      return;
    }
    int bits = Arrays.stream(type.getSampleModel().getSampleSize()).max().orElse(0);
    if (bits > MAX_SAMPLE_BITS) {
      throw ZepadException.input(
          name
              + " has samples of "
              + bits
              + " bits; at most "
              + MAX_SAMPLE_BITS
              + " are read. Convert it to PNG, or remove it");
    }
  }

  private static ImageReader reader(String name, ImageInputStream in) {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw ZepadException.input(
          name
              + " is no picture that can be read; expected JPEG, PNG, GIF, BMP, TIFF or PPM."
              + " Convert it to PNG, or remove it");
    }
    ImageReader reader = readers.next();
    reader.setInput(in, true, true);
    return reader;
  }

  private static RgbImage planes(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int plane = width * height;
    byte[] planes = new byte[Math.multiplyExact(3, plane)];
    int[] row = new int[width];
    boolean stored = isStored(image.getColorModel());
    for (int y = 0; y < height; y++) {
      if (stored) {
        argb(image.getRaster(), image.getColorModel(), y, row);
      } else {
        image.getRGB(0, y, width, 1, row, 0, width);
      }
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

  // Grey or RGB samples. BufferedImage.getRGB would take grey for linear light and brighten it.
  private static boolean isStored(ColorModel model) {
    int type = model.getColorSpace().getType();
    return model instanceof ComponentColorModel
        && (type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB)
        && model.getComponentSize(0) <= 16
        && model.getTransferType() <= DataBuffer.TYPE_USHORT;
  }

  private static void argb(Raster raster, ColorModel model, int y, int[] row) {
    int bands = raster.getNumBands();
    int colours = model.getNumColorComponents();
    int[] samples = raster.getPixels(0, y, row.length, 1, (int[]) null);
    int most = (1 << model.getComponentSize(0)) - 1;
    for (int x = 0; x < row.length; x++) {
      int argb = model.hasAlpha() ? level(samples[x * bands + bands - 1], most) : 255;
      for (int c = 0; c < 3; c++) {
        argb = argb << 8 | level(samples[x * bands + Math.min(c, colours - 1)], most);
      }
      row[x] = argb;
    }
  }

  private static int level(int sample, int most) {
    return (sample * 255 + most / 2) / most;
  }

  private static byte onWhite(int channel, int alpha) {
    return (byte) (((channel & 0xff) * alpha + 255 * (255 - alpha) + 127) / 255);
  }
}
