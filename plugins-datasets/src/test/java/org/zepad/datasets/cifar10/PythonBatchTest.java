package org.zepad.datasets.cifar10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.zepad.datasets.files.RealData.labels;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;

class PythonBatchTest {
  private static final String[] NAMES = {
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"
  };

  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    folder = write(root);
  }

  /** Writes 10 training and 300 test images below a data root. */
  static Path write(Path root) throws IOException {
    Path folder = Files.createDirectories(root.resolve("cifar10/cifar-10-batches-py"));
    for (int n = 1; n <= 5; n++) {
      Files.write(folder.resolve("data_batch_" + n), PythonWriter.batch(pixels(2, n), n, 9 - n));
    }
    int[] many = new int[300];
    Arrays.fill(many, 9);
    Files.write(folder.resolve("test_batch"), PythonWriter.batch(pixels(300, 7), many));
    Files.write(folder.resolve("batches.meta"), PythonWriter.meta(NAMES));
    return folder;
  }

  // Pixel p of image i is tag + i + p, wrapped.
  private static byte[] pixels(int count, int tag) {
    byte[] bytes = new byte[count * 3072];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (tag + i / 3072 + i % 3072);
    }
    return bytes;
  }

  private Dataset open() {
    return new Cifar10().open(new Cifar10Options(""), root);
  }

  @Test
  void readsTheOfficialLayout() {
    // The official batches.meta has as many bytes.
    assertThat(folder.resolve("batches.meta")).hasSize(158);
    try (Dataset dataset = open()) {
      assertThat(dataset.classes()).containsExactly(NAMES);
      assertThat(labels(dataset.train())).containsExactly(1, 8, 2, 7, 3, 6, 4, 5, 5, 4);
      assertThat(dataset.test().size()).isEqualTo(300);
      byte[] planes = dataset.train().image(5).planes();
      assertThat(planes).hasSize(3072).startsWith(4, 5, 6).endsWith((byte) (4 + 3071));
      assertThat(dataset.test().image(299).planes()[0]).isEqualTo((byte) (7 + 299));
      assertThatThrownBy(() -> dataset.train().image(10))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThat(new Cifar10().open(new Cifar10Options(folder.toString()), root).test().size())
        .isEqualTo(300);
  }

  @Test
  void nothingIsCalled() throws IOException {
    String[] evils = {
      "cos\nsystem\nU\u0002ls\u0085R.",
      "c__builtin__\neval\nU\u00011\u0085R.",
      "cnumpy\nload\nU\u0001x\u0085R.",
      "cnumpy\ndtype\nU\u0002O8\u0085R.",
    };
    for (String evil : evils) {
      write("data_batch_2", "\u0080\u0002" + evil);
      assertThatThrownBy(this::open)
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("data_batch_2")
          .hasMessageContaining("it calls " + evil.substring(1, evil.indexOf('\n')))
          .hasMessageContaining("Nothing in it was executed");
    }
    for (String other : new String[] {"\u0081.", "o.", "ios\nsystem\n.", "P1\n.", "Q."}) {
      write("data_batch_2", "\u0080\u0002" + other);
      assertThatThrownBy(this::open).hasMessageContaining("which no official file has");
    }
  }

  private void write(String name, String latin) throws IOException {
    Files.write(folder.resolve(name), latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void wrongContentsAreNamed() throws IOException {
    Path batch = folder.resolve("data_batch_4");
    Files.write(batch, PythonWriter.batch(pixels(2, 1), 3, 10));
    assertThatThrownBy(this::open)
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(batch + " has a label of image 1 that is no number from 0 to 9");
    Files.write(batch, PythonWriter.batch(pixels(2, 1), 3));
    assertThatThrownBy(this::open).hasMessageContaining("has 1 labels and 6144 bytes of pixels");
    Files.write(batch, PythonWriter.meta(NAMES));
    assertThatThrownBy(this::open).hasMessageContaining("expected data, an array");
    write("data_batch_4", "\u0080\u0004}.");
    assertThatThrownBy(this::open).hasMessageContaining("a pickle of protocol 2");
    Files.write(batch, new byte[0]);
    assertThatThrownBy(this::open).hasMessageContaining("0 bytes");
    Files.delete(batch);
    assertThatThrownBy(this::open).hasMessageContaining("incomplete: data_batch_4 missing");
    Files.write(folder.resolve("batches.meta"), PythonWriter.meta("cat", "dog"));
    Files.write(batch, PythonWriter.batch(pixels(1, 1), 3));
    assertThatThrownBy(this::open).hasMessageContaining("10 different class names");
  }

  @Test
  void damagedFilesNeverCrash() throws IOException {
    Path batch = folder.resolve("data_batch_1");
    byte[] sound = PythonWriter.batch(pixels(2, 1), 1, 2);
    Random random = new Random(9);
    for (int n = 0; n < 400; n++) {
      byte[] damaged = n < 100 ? Arrays.copyOf(sound, n * sound.length / 100) : sound.clone();
      if (n >= 100) {
        // Mostly in the operations, before and after the pixels.
        int at = random.nextInt(500);
        damaged[at < 300 ? at : sound.length - 1 - (at - 300) % 100] = (byte) random.nextInt();
      }
      Files.write(batch, damaged);
      try {
        open().train().image(0);
      } catch (ZepadException expected) {
        assertThat(expected).hasMessageContaining(batch.toString());
      }
    }
  }
}
