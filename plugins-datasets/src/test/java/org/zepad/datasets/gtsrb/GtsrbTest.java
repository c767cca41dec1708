package org.zepad.datasets.gtsrb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.zepad.datasets.files.RealData.counts;
import static org.zepad.datasets.files.RealData.labels;
import static org.zepad.datasets.files.RealData.means;
import static org.zepad.testkit.TestPictures.pixel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;
import org.zepad.datasets.files.RealData;

class GtsrbTest {
  private static final String HEADER =
      "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\r\n";

  @TempDir Path root;
  private Path folder;
  private Path table;

  @BeforeEach
  void writeFiles() throws IOException {
    write(root);
    folder = root.resolve("gtsrb/GTSRB");
    table = root.resolve("gtsrb/GT-final_test.csv");
  }

  /** Writes a training picture of each class and 2 test pictures below a data root. */
  static void write(Path root) throws IOException {
    Path folder = root.resolve("gtsrb/GTSRB");
    for (int c = 0; c < 43; c++) {
      String number = String.format("%05d", c);
      Path images =
          Files.createDirectories(folder.resolve("Final_Training/Images").resolve(number));
      Files.write(images.resolve("00000_00000.ppm"), ppm(5, 4, c));
      Files.writeString(
          images.resolve("GT-" + number + ".csv"),
          HEADER + "00000_00000.ppm;5;4;1;2;4;3;" + c + "\r\n");
    }
    Path test = Files.createDirectories(folder.resolve("Final_Test/Images"));
    Files.write(test.resolve("00000.ppm"), ppm(3, 3, 200));
    Files.write(test.resolve("00001.ppm"), ppm(2, 2, 100));
    Path table = root.resolve("gtsrb/GT-final_test.csv");
    Files.writeString(table, HEADER + "00000.ppm;3;3;0;0;3;3;42\n00001.ppm;2;2;0;1;1;2;7\n");
  }

  // The pixel at (x, y) of channel c is tag + 20 c + 5 y + x.
  private static byte[] ppm(int width, int height, int tag) {
    byte[] header = ("P6\n" + width + " " + height + "\n255\n").getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = Arrays.copyOf(header, header.length + 3 * width * height);
    for (int i = header.length, p = 0; i < bytes.length; i++, p++) {
      int pixel = p / 3;
      bytes[i] = (byte) (tag + 20 * (p % 3) + 5 * (pixel / width) + pixel % width);
    }
    return bytes;
  }

  private Dataset open(String folder, boolean crop) {
    return new Gtsrb().open(new GtsrbOptions(folder, crop), root);
  }

  @Test
  void readsTheOfficialLayout() {
    try (Dataset dataset = open("", false)) {
      assertThat(dataset.classes()).hasSize(43).doesNotHaveDuplicates().contains("stop", "yield");
      assertThat(labels(dataset.train()))
          .containsExactlyElementsOf(IntStream.range(0, 43).boxed().toList());
      assertThat(labels(dataset.test())).containsExactly(42, 7);
      RgbImage image = dataset.train().image(9);
      assertThat(image.width()).isEqualTo(5);
      assertThat(image.height()).isEqualTo(4);
      assertThat(pixel(image, 3, 2)).containsExactly(22, 42, 62);
      assertThatThrownBy(() -> dataset.test().image(2))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void cutsToTheSign() {
    RgbImage image = open("", true).train().image(9);
    assertThat(image.width()).isEqualTo(3);
    assertThat(image.height()).isEqualTo(1);
    assertThat(pixel(image, 0, 0)).containsExactly(20, 40, 60);
    assertThat(pixel(image, 2, 0)).containsExactly(22, 42, 62);
  }

  @Test
  void isFoundInEveryPlaceThatMakesSense() throws IOException {
    for (String place : new String[] {"gtsrb", "gtsrb/GTSRB", folder.toString()}) {
      assertThat(open(place, false).test().size()).isEqualTo(2);
    }
    Files.move(table, folder.resolve("Final_Test/Images/GT-final_test.csv"));
    assertThat(open("", false).test().size()).isEqualTo(2);
    Files.move(folder.resolve("Final_Training/Images"), folder.resolve("Training"));
    assertThat(open("", false).train().size()).isEqualTo(43);
    assertThatThrownBy(() -> open("elsewhere", false))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(root.resolve("elsewhere/GTSRB").toString())
        .hasMessageContaining("Final_Training/Images")
        .hasMessageContaining("option folder");
  }

  @Test
  void wrongAnnotationsAreNamedByLine() throws IOException {
    String[][] cases = {
      {"00000.ppm;3;3;0;0;3;3", "line 2 has 7 cells, expected 8"},
      {"../x.ppm;3;3;0;0;3;3;1", "line 2 names the file '../x.ppm'"},
      {"00000.ppm;3;x;0;0;3;3;1", "line 2 has 'x' where a number"},
      {"00000.ppm;3;3;0;0;3;3;43", "line 2 has the class 43, expected 0 to 42"},
      {"00000.ppm;3;3;0;0;4;3;1", "line 2 places the sign outside"},
      {"00000.ppm;3;3;2;0;2;3;1", "line 2 places the sign outside"},
      {"00009.ppm;3;3;0;0;3;3;1", "00009.ppm, which is missing"},
      {"", "names no picture"},
    };
    for (String[] each : cases) {
      Files.writeString(table, HEADER + each[0] + "\r\n");
      assertThatThrownBy(() -> open("", false))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining(table.toString())
          .hasMessageContaining(each[1]);
    }
    Files.writeString(table, "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2\r\n");
    assertThatThrownBy(() -> open("", false)).hasMessageContaining("with its ground truth");
    Files.delete(table);
    assertThatThrownBy(() -> open("", false)).hasMessageContaining("GTSRB_Final_Test_GT.zip");
  }

  @Test
  void wrongPicturesAreNamed() throws IOException {
    Path picture = folder.resolve("Final_Test/Images/00001.ppm");
    Files.write(picture, ppm(2, 3, 0));
    Images images = open("", false).test();
    assertThatThrownBy(() -> images.image(1))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(picture + " has 2x3 pixels, but its annotation says 2x2");
    Files.write(picture, new byte[0]);
    assertThatThrownBy(() -> images.image(1)).hasMessageContaining("it is empty");
    Path other = folder.resolve("Final_Training/Images/00005/GT-00005.csv");
    Files.writeString(other, HEADER + "00000_00000.ppm;5;4;1;2;4;3;6\n");
    assertThatThrownBy(() -> open("", false))
        .hasMessageContaining("the class 6, but its folder is that of class 5");
    Files.delete(other);
    assertThatThrownBy(() -> open("", false)).hasMessageContaining(other + " is missing");
  }

  @Test
  void readsTheRealImages() {
    Path datasets = RealData.root("gtsrb");
    try (Dataset dataset = new Gtsrb().open(new GtsrbOptions("", false), datasets)) {
      assertThat(counts(dataset.train(), 43)).containsOnly(60);
      assertThat(counts(dataset.test(), 43)).containsOnly(15);
      assertThat(labels(dataset.test()).limit(2)).containsExactly(9, 36);
      // As Pillow reads the same files.
      RgbImage first = dataset.train().image(0);
      assertThat(first.width()).isEqualTo(30);
      assertThat(pixel(first, 0, 0)).containsExactly(69, 73, 73);
      assertThat(pixel(first, 1, 0)).containsExactly(76, 79, 79);
      assertThat(pixel(first, 0, 1)).containsExactly(65, 69, 69);
      assertThat(pixel(dataset.test().image(0), 28, 28)).containsExactly(28, 28, 33);
      assertThat(means(dataset.test()))
          .containsExactly(new double[] {94.68467, 86.82160, 88.98322}, within(1e-4));
    }
    try (Dataset cut = new Gtsrb().open(new GtsrbOptions("", true), datasets)) {
      assertThat(cut.train().image(0).width()).isEqualTo(20);
    }
  }
}
