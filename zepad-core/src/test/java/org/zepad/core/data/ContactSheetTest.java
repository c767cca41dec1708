package org.zepad.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

class ContactSheetTest {
  private static final List<String> CLASSES = List.of("red", "green", "nothing");

  /** Red and green pictures in turn, the last of which is damaged. */
  private static final Images IMAGES =
      new Images() {
        @Override
        public int size() {
          return 7;
        }

        @Override
        public int label(int index) {
          return index % 2;
        }

        @Override
        public RgbImage image(int index) {
          if (index == 6) {
            throw ZepadException.input("it is damaged");
          }
          byte[] planes = new byte[12];
          for (int i = 0; i < 4; i++) {
            planes[4 * (index % 2) + i] = (byte) 200;
          }
          return new RgbImage(2, 2, planes);
        }
      };

  private static BufferedImage read(ContactSheet sheet) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(sheet.png()));
  }

  @Test
  void aRowForEachClassHoldsItsPictures() throws IOException {
    BufferedImage sheet = read(new ContactSheet(CLASSES, IMAGES, 2, 20, 1));
    int names = 4 + 7 * 7 + 4;
    assertThat(sheet.getWidth()).isEqualTo(names + 2 * 24 + 4);
    assertThat(sheet.getHeight()).isEqualTo(3 * 24 + 4);
    assertThat(sheet.getRGB(names + 30, 4 + 24 + 10) & 0xffffff).isEqualTo(0x00c800);
    assertThat(sheet.getRGB(names + 10, 4 + 48 + 10) & 0xffffff).isEqualTo(0xffffff);
  }

  @Test
  void theSeedChoosesAndDamageIsShown() throws IOException {
    ContactSheet all = new ContactSheet(CLASSES, IMAGES, 9, 20, 1);
    assertThat(all.damaged()).isEqualTo(1);
    assertThat(read(all).getWidth()).isEqualTo(4 + 7 * 7 + 4 + 4 * 24 + 4);
    assertThat(new ContactSheet(CLASSES, IMAGES, 9, 20, 1).png()).isEqualTo(all.png());
    boolean differs = false;
    for (long seed = 2; seed < 9; seed++) {
      differs |= !Arrays.equals(new ContactSheet(CLASSES, IMAGES, 9, 20, seed).png(), all.png());
    }
    assertThat(differs).isTrue();
    assertThatThrownBy(() -> new ContactSheet(CLASSES, IMAGES, 100_000, 512, 1))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("too large");
  }
}
