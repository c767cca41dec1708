package org.zepad.core.report;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.data.PngFiles;

/**
 * A picture inside a document.
 *
 * @param png a PNG file
 * @param alt what is seen, for those who cannot see it
 * @param lines below it, such as {@code cat -> dog 0.83}
 */
public record Picture(byte[] png, String alt, List<String> lines) {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};

  /** Where the header chunk holds the sides, in bytes. */
  private static final int WIDTH_AT = 16;

  private static final int HEIGHT_AT = 20;
  private static final int LEAST_LENGTH = 33;

  public Picture {
    png = png.clone();
    lines = List.copyOf(lines);
    boolean signed =
        png.length >= LEAST_LENGTH
            && Arrays.equals(SIGNATURE, Arrays.copyOf(png, SIGNATURE.length));
    if (!signed || side(png, WIDTH_AT) < 1 || side(png, HEIGHT_AT) < 1) {
      throw new IllegalArgumentException("no PNG file: " + alt);
    }
  }

  /** An image with what is to be said about it. */
  public static Picture of(RgbImage image, String alt, String... lines) {
    return new Picture(PngFiles.encode(image), alt, List.of(lines));
  }

  /** A copy of the file. */
  @Override
  public byte[] png() {
    return png.clone();
  }

  /** In pixels. */
  int width() {
    return side(png, WIDTH_AT);
  }

  /** In pixels. */
  int height() {
    return side(png, HEIGHT_AT);
  }

  String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  private static int side(byte[] png, int at) {
    return ByteBuffer.wrap(png).getInt(at);
  }
}
