package org.zepad.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.zepad.testkit.TestPictures.pixel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.picture.Pictures;

class PpmTest {
  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.write(folder.resolve("x.ppm"), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void readsPixelsAndSkipsComments() throws IOException {
    // The first pixel byte is a line feed, which belongs to the pixels.
    RgbImage image =
        Pictures.read(write("P6 # made by hand\n#  255 9\n2\t1\n# again\n255\n\nbc\u00ffeP"));
    assertThat(image.width()).isEqualTo(2);
    assertThat(image.height()).isEqualTo(1);
    assertThat(pixel(image, 0, 0)).containsExactly(10, 98, 99);
    assertThat(pixel(image, 1, 0)).containsExactly(255, 101, 80);
  }

  @ParameterizedTest
  @CsvSource({
    "P61 1 255 abc, no white space before its width",
    "P6 1 1 65535 abcdef, greatest value is 65535",
    "P6 0 1 255 abc, 0x1 pixels",
    "P6 99999 99999 255 abc, 99999x99999 pixels",
    "P6 9999999999 1 255 abc, width is no number",
    "P6 1 -1 255 abc, height is no number",
    "P6 1 1 255, ends before its greatest value",
    "P6 1 1, ends before",
    "P6 #, ends before its width",
    "P6 1 1 255 ab, 1 bytes too few for 1x1",
    "P6 1 1 255 abcd, 1 bytes too many for 1x1",
  })
  void damageIsNamed(String text, String what) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> Pictures.read(file))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(what);
  }

  @Test
  void convertedLineEndsAreRefusedEvenWhereTheLengthFits() throws IOException {
    Path file = write("P6\r\n1 1\r\n255\r\nabc");
    assertThatThrownBy(() -> Pictures.read(file)).hasMessageContaining("carriage return");
    Path fits = write("P6\n1 1\n255\r\nab");
    assertThatThrownBy(() -> Pictures.read(fits)).hasMessageContaining("carriage return");
  }

  @Test
  void noBeginningCrashes() throws IOException {
    byte[] sound = "P6\n# c\n3 2\n255\n123456789012345678".getBytes(StandardCharsets.US_ASCII);
    for (int length = 0; length < sound.length; length++) {
      Path file = Files.write(folder.resolve("x.ppm"), Arrays.copyOf(sound, length));
      assertThatThrownBy(() -> Pictures.read(file)).isInstanceOf(ZepadException.class);
    }
    assertThatThrownBy(() -> Pictures.read(folder.resolve("none.ppm")))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("none.ppm");
  }
}
