package org.zepad.datasets.cifar10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
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

class Cifar10Test {
  private static final int RECORD = 3073;
  private static final String NAMES =
      "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";

  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    folder = write(root);
  }

  /** Writes 15 training and 4 test images below a data root. */
  static Path write(Path root) throws IOException {
    Path folder = Files.createDirectories(root.resolve("cifar10/cifar-10-batches-bin"));
    for (int n = 1; n <= 5; n++) {
      Files.write(folder.resolve("data_batch_" + n + ".bin"), records(n, n * 10));
    }
    Files.write(folder.resolve("test_batch.bin"), records(4, 99));
    Files.writeString(folder.resolve("batches.meta.txt"), NAMES);
    return folder;
  }

  // Record i of a file of the given tag has the label (i + tag) % 10 and pixels tag + i, +1, ...
  private static byte[] records(int count, int tag) {
    byte[] bytes = new byte[count * RECORD];
    for (int i = 0; i < count; i++) {
      bytes[i * RECORD] = (byte) ((i + tag) % 10);
      for (int p = 0; p < RECORD - 1; p++) {
        bytes[i * RECORD + 1 + p] = (byte) (tag + i + p);
      }
    }
    return bytes;
  }

  private static Dataset open(String folder, Path root) {
    return new Cifar10().open(new Cifar10Options(folder), root);
  }

  @Test
  void readsRecordsAcrossFiles() {
    try (Dataset dataset = open("", root)) {
      assertThat(dataset.train().size()).isEqualTo(15);
      assertThat(dataset.test().size()).isEqualTo(4);
      // The third record of the third file.
      RgbImage image = dataset.train().image(1 + 2 + 2);
      assertThat(image.width()).isEqualTo(32);
      assertThat(image.planes()[0]).isEqualTo((byte) 32);
      assertThat(image.planes()[3071]).isEqualTo((byte) (32 + 3071));
      assertThat(dataset.train().label(5)).isEqualTo(2);
      assertThat(dataset.test().label(0)).isEqualTo(9);
      image.planes()[0] = 7;
      assertThat(dataset.train().image(5).planes()[0]).isEqualTo((byte) 32);
      assertThatThrownBy(() -> dataset.train().image(15))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> dataset.train().label(-1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void isFoundInEveryPlaceThatMakesSense() {
    for (Path place : new Path[] {root, root.resolve("cifar10"), folder}) {
      assertThat(open("", place).train().size()).isEqualTo(15);
    }
    assertThat(open("cifar10", root).train().size()).isEqualTo(15);
    assertThat(open(folder.toString(), Path.of("elsewhere")).train().size()).isEqualTo(15);
  }

  @Test
  void nothingThereNamesEveryPlaceAndFile() {
    assertThatThrownBy(() -> open("", root.resolve("empty")))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(root.resolve("empty/cifar10/cifar-10-batches-bin").toString())
        .hasMessageContaining("data_batch_1.bin, data_batch_2.bin")
        .hasMessageContaining("option folder");
  }

  @Test
  void missingFilesAreListed() throws IOException {
    Files.delete(folder.resolve("data_batch_3.bin"));
    Files.delete(folder.resolve("batches.meta.txt"));
    assertThatThrownBy(() -> open("", root))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("incomplete: data_batch_3.bin, batches.meta.txt missing");
  }

  @Test
  void damageIsNamed() throws IOException {
    Path file = folder.resolve("data_batch_2.bin");
    byte[] sound = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(sound, sound.length - 1));
    assertThatThrownBy(() -> open("", root))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(file + " is truncated")
        .hasMessageContaining("6145 bytes");
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> open("", root)).hasMessageContaining("0 bytes");
    sound[RECORD] = (byte) 200;
    Files.write(file, sound);
    assertThatThrownBy(() -> open("", root))
        .hasMessageContaining("record 1 (byte 3073) has the label 200");
    Files.writeString(folder.resolve("batches.meta.txt"), "cat\ndog\n");
    assertThatThrownBy(() -> open("", root)).hasMessageContaining("10 different class names");
  }

  @Test
  void readsTheRealImages() {
    Path datasets = realDatasets();
    try (Dataset dataset = open("", datasets)) {
      assertThat(dataset.train().size()).isEqualTo(10_000);
      assertThat(dataset.test().size()).isEqualTo(2_000);
      assertThat(dataset.classes()).startsWith("airplane", "automobile").endsWith("truck");
      for (int c = 0; c < 10; c++) {
        int label = c;
        assertThat(labels(dataset.train()).filter(l -> l == label).count()).isEqualTo(1000);
        assertThat(labels(dataset.test()).filter(l -> l == label).count()).isEqualTo(200);
      }
    }
  }

  @Test
  void readsTheOfficialPixels() {
    Path datasets = realDatasets();
    try (Dataset dataset = open("cifar10-exact", datasets)) {
      assertThat(dataset.train().size()).isEqualTo(4_660);
      assertThat(dataset.test().size()).isEqualTo(700);
      assertThat(labels(dataset.train()).limit(10)).containsExactly(6, 9, 9, 4, 1, 1, 2, 7, 8, 3);
      assertThat(labels(dataset.test()).limit(10)).containsExactly(3, 8, 8, 0, 6, 6, 1, 6, 3, 1);
      int[] counts = new int[10];
      labels(dataset.test()).forEach(l -> counts[l]++);
      assertThat(counts).containsExactly(73, 56, 67, 70, 59, 71, 83, 65, 73, 83);
      // The first official training image, a frog: (59, 62, 63) is its known first pixel.
      byte[] planes = dataset.train().image(0).planes();
      assertThat(new byte[] {planes[0], planes[1024], planes[2048]}).containsExactly(59, 62, 63);
    }
  }

  private static Path realDatasets() {
    Path datasets = Path.of(System.getProperty("zepad.datasets", "datasets"));
    assumeTrue(
        Files.isDirectory(datasets.resolve("cifar10-exact")),
        () -> "no real images in " + datasets + "; name their folder with -Dzepad.datasets");
    return datasets;
  }

  private static java.util.stream.Stream<Integer> labels(Images images) {
    return IntStream.range(0, images.size()).map(images::label).boxed();
  }
}
