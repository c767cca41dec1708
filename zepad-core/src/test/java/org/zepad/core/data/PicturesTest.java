package org.zepad.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.zepad.testkit.TestPictures.pixel;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.picture.Pictures;
import org.zepad.testkit.TestPictures;

class PicturesTest {
  @TempDir Path folder;

  private RgbImage read(byte[] bytes) throws IOException {
    return Pictures.read(Files.write(folder.resolve("x.jpg"), bytes));
  }

  @Test
  void losslessFormatsAreExact() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR}) {
      BufferedImage image = new BufferedImage(3, 2, type);
      image.setRGB(2, 0, 0x102030);
      image.setRGB(0, 1, 0xfe8001);
      for (String format : new String[] {"png", "bmp"}) {
        RgbImage read = read(TestPictures.bytes(image, format));
        assertThat(read.width()).isEqualTo(3);
        assertThat(pixel(read, 2, 0)).containsExactly(0x10, 0x20, 0x30);
        assertThat(pixel(read, 0, 1)).containsExactly(0xfe, 0x80, 0x01);
      }
    }
  }

  @Test
  void greyKeepsItsLevels() throws IOException {
    BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage deep = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
    for (int x = 0; x < 256; x++) {
      grey.getRaster().setSample(x, 0, 0, x);
      deep.getRaster().setSample(x, 0, 0, x * 257);
    }
    RgbImage png = read(TestPictures.bytes(grey, "png"));
    RgbImage sixteen = read(TestPictures.bytes(deep, "png"));
    RgbImage jpeg = read(TestPictures.bytes(grey, "jpg"));
    for (int x = 0; x < 256; x++) {
      assertThat(pixel(png, x, 0)).containsExactly(x, x, x);
      assertThat(pixel(sixteen, x, 0)).containsExactly(x, x, x);
      int level = pixel(jpeg, x, 0)[0];
      assertThat(Math.abs(level - x)).isLessThanOrEqualTo(6);
      assertThat(pixel(jpeg, x, 0)).containsExactly(level, level, level);
    }
  }

  @Test
  void transparencyIsLaidOnWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00123456);
    image.setRGB(1, 0, 0x80000000);
    image.setRGB(2, 0, 0xff123456);
    RgbImage read = read(TestPictures.bytes(image, "png"));
    assertThat(pixel(read, 0, 0)).containsExactly(255, 255, 255);
    assertThat(pixel(read, 1, 0)).containsExactly(127, 127, 127);
    assertThat(pixel(read, 2, 0)).containsExactly(0x12, 0x34, 0x56);
  }

  @Test
  void onePixelAndTwoColoursAreEnough() throws IOException {
    assertThat(pixel(read(TestPictures.bytes(TestPictures.flat(1, 1, 0xc08040), "png")), 0, 0))
        .containsExactly(0xc0, 0x80, 0x40);
    RgbImage jpeg = read(TestPictures.bytes(TestPictures.flat(1, 1, 0x808080), "jpg"));
    assertThat(jpeg.width()).isEqualTo(1);
    BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(1, 0, 0xffffff);
    RgbImage read = read(TestPictures.bytes(bits, "png"));
    assertThat(pixel(read, 0, 0)).containsExactly(0, 0, 0);
    assertThat(pixel(read, 1, 0)).containsExactly(255, 255, 255);
  }

  @Test
  void cmykBecomesRgb() throws IOException {
    // Inverted inks: light of red 200, green 100, blue 50, under a black that leaves 204 of 255.
    assertThat(pixel(read(TestPictures.fourComponents(0, 200, 100, 50, 204)), 3, 3))
        .satisfies(p -> close(p, 160, 80, 40));
    // Luma and chroma of the inks 55, 155, 205.
    int luma = Math.round(0.299f * 55 + 0.587f * 155 + 0.114f * 205);
    int blue = Math.round(128 + (205 - luma) / 1.772f);
    int red = Math.round(128 + (55 - luma) / 1.402f);
    assertThat(pixel(read(TestPictures.fourComponents(2, luma, blue, red, 204)), 3, 3))
        .satisfies(p -> close(p, 160, 80, 40));
  }

  private static void close(int[] pixel, int... expected) {
    for (int c = 0; c < 3; c++) {
      assertThat(Math.abs(pixel[c] - expected[c])).as(Arrays.toString(pixel)).isLessThan(4);
    }
  }

  @Test
  void aHugePictureIsRefusedByItsHeader() throws IOException {
    byte[] png = TestPictures.hugeByItsHeader();
    assertThatThrownBy(() -> read(png))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("x.jpg has 60000x60000 pixels; at most 100000000");
  }

  @Test
  void damagedFilesNeverCrash() throws IOException {
    BufferedImage image = TestPictures.flat(20, 20, 0);
    Random random = new Random(3);
    for (int i = 0; i < 400; i++) {
      image.setRGB(i % 20, i / 20, random.nextInt());
    }
    for (String format : new String[] {"png", "jpg", "bmp", "gif"}) {
      byte[] sound = TestPictures.bytes(image, format);
      for (int length = 0; length < sound.length - 20; length += 1 + length / 20) {
        byte[] cut = Arrays.copyOf(sound, length);
        if (!format.equals("gif")) {
          assertThatThrownBy(() -> read(cut))
              .as("%d bytes of %s", length, format)
              .isInstanceOf(ZepadException.class)
              .hasMessageContaining("x.jpg");
        }
      }
      for (int n = 0; n < 100; n++) {
        byte[] damaged = sound.clone();
        damaged[random.nextInt(Math.min(sound.length, 300))] = (byte) random.nextInt();
        try {
          read(damaged);
        } catch (ZepadException expected) {
          assertThat(expected).hasMessageContaining("x.jpg");
        }
      }
    }
  }

  @Test
  void whatIsNoPictureIsNamed() {
    assertThatThrownBy(() -> read("no picture at all".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("x.jpg is no picture that can be read");
    assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("it is empty");
    assertThatThrownBy(() -> Pictures.read(folder.resolve("none.png")))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("none.png");
  }

  @Test
  void aChangedFileHasAnotherIdentity() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), new byte[] {1, 2});
    Path missing = folder.resolve("b.png");
    String before = Pictures.identity(List.of(file, missing));
    assertThat(Pictures.identity(List.of(file, missing))).isEqualTo(before);
    assertThat(Pictures.identity(List.of(missing, file))).isNotEqualTo(before);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    String older = Pictures.identity(List.of(file, missing));
    assertThat(older).isNotEqualTo(before);
    Files.write(missing, new byte[0]);
    assertThat(Pictures.identity(List.of(file, missing))).isNotEqualTo(older);
  }
}
