package org.zepad.core.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zepad.api.picture.Pictures;
import org.zepad.core.testkit.ParserFuzz;
import org.zepad.testkit.TestPictures;

/** Damaged pictures are read or refused. */
class PicturesFuzzTest {
  private static final int MOST_MEBIBYTES = 64;

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "bmp", "tiff"})
  void losslessFormats(String format) throws IOException {
    fuzz(format, TestPictures.bytes(noise(), format));
  }

  @Test
  void jpeg() throws IOException {
    fuzz(
        "jpeg",
        TestPictures.bytes(noise(), "jpeg"),
        TestPictures.fourComponents(0, 200, 100, 50, 204),
        TestPictures.fourComponents(2, 200, 100, 50, 204));
  }

  @Test
  void ppm() throws IOException {
    fuzz("ppm", "P6\n# a comment\n2 1\n255\nabcdef".getBytes(StandardCharsets.US_ASCII));
  }

  private static void fuzz(String format, byte[]... sound) throws IOException {
    new ParserFuzz("picture, " + format, MOST_MEBIBYTES)
        .run(
            bytes -> {
              Pictures.pixels("x", bytes);
              Pictures.read("x", bytes);
            },
            sound);
  }

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    int[] pixels = IntStream.generate(random::nextInt).limit(63).toArray();
    image.setRGB(0, 0, 9, 7, pixels, 0, 9);
    return image;
  }
}
