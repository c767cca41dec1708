package org.zepad.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

class DecodedCacheTest {
  private static final int SIZE = 8;
  private static final int[] USED = {0, 2, 3, 5, 9};

  @TempDir Path folder;
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final NoiseImages noise = new NoiseImages(10, 3, 13, 9);

  private final Progress progress =
      new Progress() {
        @Override
        public void start(String label, long steps) {}

        @Override
        public void update(long done, String note) {}

        @Override
        public void message(String line) {
          told.add(line);
        }
      };

  /** Noise with an identity, one image of which may be damaged. */
  private record Identified(NoiseImages noise, String name, int damaged) implements Images {
    @Override
    public int size() {
      return noise.size();
    }

    @Override
    public int label(int index) {
      return noise.label(index);
    }

    @Override
    public RgbImage image(int index) {
      if (index == damaged) {
        throw ZepadException.input("picture " + index + " is damaged");
      }
      return noise.image(index);
    }

    @Override
    public Optional<String> identity() {
      return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }
  }

  private Identified images(String name) {
    return new Identified(noise, name, -1);
  }

  private DecodedCache cache() {
    return new DecodedCache(folder.resolve("cache"), 1 << 20);
  }

  private DecodedImages open(Images images) {
    return cache().images("test images", images, USED, SIZE, Fit.STRETCH, progress).orElseThrow();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("cache"))) {
      return all.sorted().toList();
    }
  }

  private void assertSame(Images found) {
    ResizedImages expected = new ResizedImages(noise, SIZE, Fit.STRETCH);
    for (int i = 0; i < noise.size(); i++) {
      assertThat(found.image(i).planes()).isEqualTo(expected.image(i).planes());
      assertThat(found.label(i)).isEqualTo(noise.label(i));
    }
  }

  @Test
  void theSecondTimeNothingIsDecoded() {
    try (DecodedImages first = open(images("a"))) {
      assertThat(noise.decoded).hasValue(USED.length);
      assertSame(first);
    }
    noise.decoded.set(0);
    try (DecodedImages second = open(images("a"))) {
      for (int i : USED) {
        second.image(i);
        assertThat(second.hash(i))
            .isEqualTo(Fingerprint.of(new NoiseImages(10, 3, 13, 9).image(i)));
      }
      assertThat(noise.decoded).hasValue(0);
      assertSame(second);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void otherImagesIndicesOrSizesAreOtherFiles() throws IOException {
    open(images("a")).close();
    open(images("b")).close();
    cache().images("x", images("a"), new int[] {0}, SIZE, Fit.STRETCH, progress).orElseThrow();
    cache().images("x", images("a"), USED, SIZE + 1, Fit.STRETCH, progress).orElseThrow();
    cache().images("x", images("a"), USED, SIZE, Fit.CROP, progress).orElseThrow();
    assertThat(files()).hasSize(5);
    assertThat(cache().images("x", images(""), USED, SIZE, Fit.CROP, progress)).isEmpty();
    assertThat(files()).hasSize(5);
  }

  @Test
  void aFileThatIsDamagedOutsideOfItsImagesIsMadeAnew() throws IOException {
    open(images("a")).close();
    Path file = files().get(0);
    byte[] sound = Files.readAllBytes(file);
    byte[] version = sound.clone();
    version[11]++;
    byte[] key = sound.clone();
    key[30]++;
    for (byte[] bad :
        List.of(Arrays.copyOf(sound, sound.length - 1), version, key, new byte[0], new byte[70])) {
      Files.write(file, bad);
      told.clear();
      try (DecodedImages images = open(images("a"))) {
        assertSame(images);
      }
      assertThat(told).singleElement().asString().contains(file.toString(), "decoding anew");
      assertThat(Files.readAllBytes(file)).isEqualTo(sound);
    }
  }

  @Test
  void everyFlippedByteOfAnImageIsNoticed() throws IOException {
    open(images("a")).close();
    Path file = files().get(0);
    byte[] sound = Files.readAllBytes(file);
    int header = (int) DecodedFile.length(SIZE, 0);
    for (int at = header; at < sound.length; at += 37) {
      byte[] bad = sound.clone();
      bad[at] ^= 1;
      Files.write(file, bad);
      told.clear();
      try (DecodedImages images = open(images("a"))) {
        assertSame(images);
        assertThat(images.damaged()).isEmpty();
      }
      assertThat(told).as("byte %d", at).singleElement().asString().contains("damaged images in");
      assertThat(file).as("it is made anew next time").doesNotExist();
    }
  }

  @Test
  void imagesThatCannotBeDecodedAreNotedAndStillRefused() {
    Identified damaged = new Identified(noise, "a", 3);
    for (int time = 0; time < 2; time++) {
      try (DecodedImages images = open(damaged)) {
        assertThat(images.damaged()).containsExactly(3);
        assertThat(images.image(2).planes()).hasSize(3 * SIZE * SIZE);
        assertThatThrownBy(() -> images.image(3)).hasMessage("picture 3 is damaged");
        assertThatThrownBy(() -> images.hash(3)).hasMessage("picture 3 is damaged");
      }
    }
  }

  @Test
  void theFilesThatWereUsedLongestAgoMakeRoom() throws IOException {
    long one = DecodedFile.length(SIZE, USED.length);
    DecodedCache small = new DecodedCache(folder.resolve("cache"), 2 * one);
    for (String name : new String[] {"a", "b"}) {
      small.images("x", images(name), USED, SIZE, Fit.STRETCH, progress).orElseThrow().close();
    }
    for (Path file : files()) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    }
    // Used again, so the other one goes.
    small.images("x", images("a"), USED, SIZE, Fit.STRETCH, progress).orElseThrow().close();
    small.images("x", images("c"), USED, SIZE, Fit.STRETCH, progress).orElseThrow().close();
    assertThat(files()).hasSize(2);
    noise.decoded.set(0);
    small.images("x", images("a"), USED, SIZE, Fit.STRETCH, progress).orElseThrow().close();
    assertThat(noise.decoded).hasValue(0);
    DecodedCache tiny = new DecodedCache(folder.resolve("cache"), one - 1);
    assertThat(tiny.images("x", images("d"), USED, SIZE, Fit.STRETCH, progress)).isEmpty();
    assertThat(told).singleElement().asString().contains("more than");
  }

  @Test
  void aFolderThatCannotBeWrittenIsDoneWithout() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file where the folder should be");
    assertThat(cache().images("x", images("a"), USED, SIZE, Fit.STRETCH, progress)).isEmpty();
    assertThat(told).singleElement().asString().contains("not kept");
    assertThat(cache().fingerprint(images("a"), USED, () -> "f".repeat(64))).startsWith("ff");
  }

  @Test
  void severalAtOnceAreHarmless() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        all.add(
            threads.submit(
                () -> {
                  try (DecodedImages images = open(images("a"))) {
                    assertSame(images);
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(files()).hasSize(1);
  }

  @Test
  void fingerprintsAreKeptForTheSameImagesOnly() throws IOException {
    int[] asked = {0};
    DecodedCache cache = cache();
    for (int time = 0; time < 2; time++) {
      String print =
          cache.fingerprint(
              images("a"),
              USED,
              () -> {
                asked[0]++;
                return Fingerprint.of(noise, USED);
              });
      assertThat(print).isEqualTo(Fingerprint.of(noise, USED));
    }
    assertThat(asked[0]).isEqualTo(1);
    String other = "0".repeat(64);
    assertThat(cache.fingerprint(images("b"), USED, () -> other)).isEqualTo(other);
    assertThat(cache.fingerprint(images("a"), new int[] {1}, () -> other)).isEqualTo(other);
    for (Path file : files()) {
      String text = Files.readString(file);
      Files.writeString(file, (text.charAt(0) == 'e' ? 'd' : 'e') + text.substring(1));
    }
    assertThat(cache.fingerprint(images("a"), USED, () -> other)).isEqualTo(other);
  }
}
