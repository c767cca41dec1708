package org.zepad.datasets.stl10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.zepad.datasets.files.RealData.counts;
import static org.zepad.datasets.files.RealData.labels;
import static org.zepad.datasets.files.RealData.means;
import static org.zepad.testkit.TestPictures.pixel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.RgbImage;
import org.zepad.datasets.files.RealData;

class Stl10Test {
  private static final int RECORD = 3 * 96 * 96;

  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    folder = write(root);
  }

  /** Writes 3 training and 2 test images below a data root; the parts share pixels. */
  static Path write(Path root) throws IOException {
    Path folder = Files.createDirectories(root.resolve("stl10/stl10_binary"));
    Files.write(folder.resolve("train_X.bin"), columns(3));
    Files.write(folder.resolve("train_y.bin"), new byte[] {1, 10, 4});
    Files.write(folder.resolve("test_X.bin"), columns(2));
    Files.write(folder.resolve("test_y.bin"), new byte[] {2, 3});
    Files.writeString(
        folder.resolve("class_names.txt"),
        "airplane\nbird\ncar\ncat\ndeer\ndog\nhorse\nmonkey\nship\ntruck\n");
    return folder;
  }

  // The pixel at (x, y) of channel c of image i is i + 100 c + 2 x + y, wrapped.
  private static byte[] columns(int count) {
    byte[] bytes = new byte[count * RECORD];
    int at = 0;
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < 3; c++) {
        for (int x = 0; x < 96; x++) {
          for (int y = 0; y < 96; y++) {
            bytes[at++] = (byte) (i + 100 * c + 2 * x + y);
          }
        }
      }
    }
    return bytes;
  }

  private static Dataset open(String folder, Path root) {
    return new Stl10().open(new Stl10Options(folder), root);
  }

  @Test
  void imagesStandUpright() {
    try (Dataset dataset = open("", root)) {
      RgbImage image = dataset.train().image(2);
      assertThat(image.width()).isEqualTo(96);
      assertThat(image.height()).isEqualTo(96);
      assertThat(pixel(image, 10, 5)).containsExactly(27, 127, 227);
      assertThat(pixel(image, 5, 10)).containsExactly(22, 122, 222);
      assertThat(labels(dataset.train())).containsExactly(0, 9, 3);
      assertThat(labels(dataset.test())).containsExactly(1, 2);
      assertThatThrownBy(() -> dataset.train().image(3))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> dataset.test().label(-1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void isFoundInEveryPlaceThatMakesSense() {
    for (Path place : new Path[] {root, root.resolve("stl10"), folder}) {
      assertThat(open("", place).train().size()).isEqualTo(3);
    }
    assertThat(open("stl10", root).train().size()).isEqualTo(3);
    assertThat(open(folder.toString(), Path.of("elsewhere")).train().size()).isEqualTo(3);
    assertThatThrownBy(() -> open("", root.resolve("empty")))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(root.resolve("empty/stl10/stl10_binary").toString())
        .hasMessageContaining("train_X.bin, train_y.bin")
        .hasMessageContaining("option folder");
  }

  @Test
  void damageIsNamed() throws IOException {
    Path pixels = folder.resolve("train_X.bin");
    byte[] sound = Files.readAllBytes(pixels);
    Files.write(pixels, Arrays.copyOf(sound, sound.length - 5));
    assertThatThrownBy(() -> open("", root))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(pixels + " is truncated")
        .hasMessageContaining("82939 bytes, expected a multiple of 27648");
    Files.write(pixels, Arrays.copyOf(sound, 2 * RECORD));
    assertThatThrownBy(() -> open("", root))
        .hasMessageContaining("train_y.bin has 3 labels")
        .hasMessageContaining("has 2 images");
    Files.write(pixels, sound);
    for (int wrong : new int[] {0, 11, 255}) {
      Files.write(folder.resolve("train_y.bin"), new byte[] {1, (byte) wrong, 3});
      assertThatThrownBy(() -> open("", root))
          .hasMessageContaining("byte 1 is the label " + wrong + ", expected 1 to 10");
    }
    Files.delete(folder.resolve("test_y.bin"));
    assertThatThrownBy(() -> open("", root))
        .hasMessageContaining("is incomplete: test_y.bin missing");
  }

  @Test
  void readsTheRealImages() {
    try (Dataset dataset = open("", RealData.root("stl10"))) {
      assertThat(dataset.classes()).startsWith("airplane", "bird", "car").endsWith("truck");
      assertThat(counts(dataset.train(), 10)).containsOnly(100);
      assertThat(counts(dataset.test(), 10)).containsOnly(50);
      assertThat(labels(dataset.train()).limit(6)).containsExactly(3, 9, 7, 8, 7, 2);
      // As NumPy reads the same files, transposed.
      assertThat(pixel(dataset.train().image(0), 1, 0)).containsExactly(200, 189, 164);
      assertThat(pixel(dataset.train().image(0), 0, 1)).containsExactly(152, 139, 104);
      assertThat(pixel(dataset.test().image(499), 3, 95)).containsExactly(139, 161, 66);
      assertThat(means(dataset.test()))
          .containsExactly(new double[] {114.80031, 112.56458, 103.44712}, within(1e-4));
    }
  }
}
