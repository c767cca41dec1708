package org.zepad.datasets.svhn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.zepad.datasets.files.RealData.counts;
import static org.zepad.datasets.files.RealData.labels;
import static org.zepad.datasets.files.RealData.means;
import static org.zepad.testkit.TestPictures.pixel;

import java.io.IOException;
import java.nio.ByteOrder;
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
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;
import org.zepad.datasets.files.RealData;

class SvhnTest {
  private static final int RECORD = 3 * 32 * 32;

  @TempDir Path root;
  private Path train;

  @BeforeEach
  void writeFiles() throws IOException {
    train = write(root);
  }

  /** Writes 5 training and 2 test images below a data root; the parts share pixels. */
  static Path write(Path root) throws IOException {
    Path train = Files.createDirectories(root.resolve("svhn")).resolve("train_32x32.mat");
    Files.write(train, mat(ByteOrder.LITTLE_ENDIAN, true, 1, 10, 9, 5, 3));
    Files.write(root.resolve("svhn/test_32x32.mat"), mat(ByteOrder.BIG_ENDIAN, false, 10, 2));
    return train;
  }

  private static byte[] mat(ByteOrder order, boolean compressed, int... labels) {
    byte[] y = new byte[labels.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (byte) labels[i];
    }
    return new MatWriter(order, compressed)
        .bytes("X", pixels(y.length), 32, 32, 3, y.length)
        .array(6, "other", new byte[0], 0, 0)
        .bytes("y", y, y.length, 1)
        .file();
  }

  // The pixel at (x, y) of channel c of image i is i + 70 c + 2 x + y, wrapped.
  private static byte[] pixels(int count) {
    byte[] bytes = new byte[count * RECORD];
    int at = 0;
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < 3; c++) {
        for (int x = 0; x < 32; x++) {
          for (int y = 0; y < 32; y++) {
            bytes[at++] = (byte) (i + 70 * c + 2 * x + y);
          }
        }
      }
    }
    return bytes;
  }

  private Dataset open() {
    return new Svhn().open(new SvhnOptions(""), root);
  }

  @Test
  void readsBothByteOrdersCompressedOrNot() {
    try (Dataset dataset = open()) {
      assertThat(dataset.classes()).hasSize(10).startsWith("0", "1");
      assertThat(labels(dataset.train())).containsExactly(1, 0, 9, 5, 3);
      assertThat(labels(dataset.test())).containsExactly(0, 2);
      for (Images images : new Images[] {dataset.train(), dataset.test()}) {
        RgbImage image = images.image(1);
        assertThat(image.width()).isEqualTo(32);
        assertThat(pixel(image, 10, 5)).containsExactly(26, 96, 166);
        assertThat(pixel(image, 5, 10)).containsExactly(21, 91, 161);
      }
      assertThatThrownBy(() -> dataset.train().image(5))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void placesAndMissingFilesAreNamed() throws IOException {
    assertThat(new Svhn().open(new SvhnOptions("svhn"), root).train().size()).isEqualTo(5);
    assertThat(new Svhn().open(new SvhnOptions(""), root.resolve("svhn")).test().size())
        .isEqualTo(2);
    Files.delete(train);
    assertThatThrownBy(this::open)
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("incomplete: train_32x32.mat missing");
    assertThatThrownBy(() -> new Svhn().open(new SvhnOptions("none"), root))
        .hasMessageContaining(root.resolve("none").toString())
        .hasMessageContaining("cropped digits");
  }

  @Test
  void otherFormatsAreRefusedWithTheRemedy() throws IOException {
    byte[] newer = new byte[600];
    System.arraycopy("MATLAB 7.3 MAT-file".getBytes(StandardCharsets.US_ASCII), 0, newer, 0, 19);
    Files.write(train, newer);
    assertThatThrownBy(this::open)
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(train + " is of MATLAB's version 7.3")
        .hasMessageContaining("-v7");
    byte[] hdf = new byte[600];
    hdf[0] = (byte) 0x89;
    System.arraycopy("HDF".getBytes(StandardCharsets.US_ASCII), 0, hdf, 1, 3);
    Files.write(train, hdf);
    assertThatThrownBy(this::open).hasMessageContaining("HDF5");
    Files.write(train, new byte[600]);
    assertThatThrownBy(this::open).hasMessageContaining("no header of a MATLAB 5.0");
    Files.write(train, new byte[0]);
    assertThatThrownBy(this::open).hasMessageContaining("0 bytes, less than its header");
  }

  @Test
  void wrongVariablesAreNamed() throws IOException {
    Files.write(train, mat(ByteOrder.LITTLE_ENDIAN, true, 1, 0));
    assertThatThrownBy(this::open)
        .hasMessageContaining("the label 0 of image 1, expected 1 to 9, and 10");
    Files.write(train, mat(ByteOrder.LITTLE_ENDIAN, true, 11));
    assertThatThrownBy(this::open).hasMessageContaining("the label 11 of image 0");
    write(writer().bytes("y", new byte[] {1}, 1, 1));
    assertThatThrownBy(this::open)
        .hasMessageContaining("must hold the variables X and y")
        .hasMessageContaining("[y]");
    write(writer().bytes("X", pixels(2), 32, 32, 3, 2).bytes("y", new byte[] {1}, 1, 1));
    assertThatThrownBy(this::open).hasMessageContaining("y has the size [1, 1]");
    write(writer().bytes("X", pixels(1), 3, 32, 32, 1).bytes("y", new byte[] {1}, 1, 1));
    assertThatThrownBy(this::open).hasMessageContaining("expected [32, 32, 3, N]");
    write(writer().bytes("y", new byte[] {1}, 1, 1).bytes("y", new byte[] {1}, 1, 1));
    assertThatThrownBy(this::open).hasMessageContaining("the variable y twice");
    write(writer().bytes("X", new byte[9], 32, 32, 3, 1));
    assertThatThrownBy(this::open).hasMessageContaining("has 9 bytes of type 2");
  }

  @Test
  void aClaimOfMoreThanTheFileHoldsTakesNoMemory() throws IOException {
    write(writer().bytes("X", new byte[9], 32, 32, 3, 600_000));
    assertThatThrownBy(this::open).hasMessageContaining("claims more than");
    write(writer().bytes("X", new byte[9], 65536, 65536, 65536, 65536));
    assertThatThrownBy(this::open).hasMessageContaining("claims more than");
    write(writer().bytes("X", new byte[9], -1, -1));
    assertThatThrownBy(this::open).hasMessageContaining("claims more than");
  }

  private static MatWriter writer() {
    return new MatWriter(ByteOrder.LITTLE_ENDIAN, true);
  }

  private void write(MatWriter writer) throws IOException {
    Files.write(train, writer.file());
  }

  @Test
  void damagedFilesNeverCrash() throws IOException {
    byte[] sound = Files.readAllBytes(train);
    for (int length = 1; length < sound.length; length += 7) {
      Files.write(train, Arrays.copyOf(sound, length));
      assertThatThrownBy(this::open).isInstanceOf(ZepadException.class);
    }
    long seed = 20;
    Random random = new Random(seed);
    for (int n = 0; n < 300; n++) {
      byte[] damaged = sound.clone();
      for (int k = 0; k <= n % 4; k++) {
        damaged[124 + random.nextInt(sound.length - 124)] = (byte) random.nextInt();
      }
      Files.write(train, damaged);
      try {
        open().train().image(0);
      } catch (ZepadException expected) {
        assertThat(expected.kind()).isEqualTo(ZepadException.Kind.INPUT);
        assertThat(expected).hasMessageContaining(train.toString());
      }
    }
  }

  @Test
  void damagedPixelsAreFoundWhenTheyAreRead() throws IOException {
    byte[] sound = Files.readAllBytes(train);
    // In the midst of X, whose header stays whole.
    sound[1000] ^= 0x55;
    Files.write(train, sound);
    Images images = open().train();
    assertThatThrownBy(() -> images.image(0))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("the variable X ");
  }

  @Test
  void readsTheRealImages() {
    try (Dataset dataset = new Svhn().open(new SvhnOptions(""), RealData.root("svhn"))) {
      assertThat(counts(dataset.train(), 10))
          .containsExactly(36, 142, 81, 81, 57, 73, 55, 42, 46, 47);
      assertThat(counts(dataset.test(), 10))
          .containsExactly(16, 43, 26, 27, 23, 21, 11, 10, 18, 13);
      assertThat(labels(dataset.train()).limit(8)).containsExactly(2, 3, 9, 3, 2, 8, 1, 6);
      // As SciPy reads the same files.
      assertThat(pixel(dataset.train().image(0), 1, 0)).containsExactly(20, 52, 111);
      assertThat(pixel(dataset.train().image(0), 0, 1)).containsExactly(21, 53, 110);
      assertThat(pixel(dataset.train().image(659), 5, 31)).containsExactly(144, 157, 173);
      assertThat(means(dataset.test()))
          .containsExactly(new double[] {116.39857, 114.93709, 120.53855}, within(1e-4));
    }
  }
}
