package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/**
 * What every data set must do. Extend it, say which data set with which options and where its files
 * lie, and run it with JUnit: opened twice it gives the same pictures, labels and classes fit
 * together, pictures may be read by several threads, an index that is none is refused, missing
 * files are told with their place, and no test picture is among the training pictures.
 *
 * <p>Behaviour that a data set may lack is declared by overriding; undeclared, it must be there.
 * All images are read once to compare the parts, so use small files.
 *
 * @param <O> the data set's options
 */
public abstract class DatasetContract<O extends Record> extends ProviderContract<O> {
  private static final int SOME = 48;
  private static final int THREADS = 4;

  @TempDir Path empty;
  private Path root;

  /** The data set; a folder in its options is relative to the root. */
  @Override
  protected abstract DatasetProvider<O> provider();

  /** The folder in which data sets are kept, its files in it; called before each test. */
  protected abstract Path root() throws IOException;

  /** Whether it reads files; false for one that is generated. */
  protected boolean readsFiles() {
    return true;
  }

  /** Whether no test picture has the pixels of a training picture. */
  protected boolean partsAreDisjoint() {
    return true;
  }

  /**
   * Whether each call gives planes of its own, so that a caller who breaks the rule of {@link
   * RgbImage} and changes them harms nobody but himself.
   */
  protected boolean givesPlanesOfItsOwn() {
    return true;
  }

  @BeforeEach
  void findFiles() throws IOException {
    root = root();
  }

  private Dataset open() {
    return provider().open(options(), root);
  }

  @Test
  void openedTwiceItGivesTheSamePictures() {
    try (Dataset first = open();
        Dataset second = open()) {
      assertThat(second.classes()).isEqualTo(first.classes());
      for (boolean test : new boolean[] {false, true}) {
        Images one = part(first, test);
        Images other = part(second, test);
        assertThat(other.size()).isEqualTo(one.size());
        assertThat(other.identity()).isEqualTo(one.identity());
        assertThat(all(other, other::label)).isEqualTo(all(one, one::label));
        // Read backwards: what was read before may not matter.
        int[] some = some(one);
        for (int i = some.length - 1; i >= 0; i--) {
          assertThat(hash(other.image(some[i]))).isEqualTo(hash(one.image(some[i])));
        }
      }
    }
  }

  @Test
  void classesAndLabelsFitTogether() {
    try (Dataset dataset = open()) {
      assertThat(dataset.classes())
          .hasSizeGreaterThan(1)
          .doesNotHaveDuplicates()
          .allSatisfy(name -> assertThat(name).isNotBlank());
      for (boolean test : new boolean[] {false, true}) {
        Images images = part(dataset, test);
        assertThat(images.size()).isPositive();
        assertThat(all(images, images::label))
            .allSatisfy(label -> assertThat(label).isBetween(0, dataset.classes().size() - 1));
        for (int index : some(images)) {
          RgbImage image = images.image(index);
          assertThat(image.width()).isPositive();
          assertThat(image.height()).isPositive();
        }
      }
    }
  }

  @Test
  void severalThreadsReadWhatOneReads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Dataset alone = open();
        Dataset shared = open()) {
      for (boolean test : new boolean[] {false, true}) {
        Images images = part(shared, test);
        int[] some = some(images);
        List<Future<List<String>>> read = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          List<Integer> order = new ArrayList<>(Arrays.stream(some).boxed().toList());
          Collections.rotate(order, t * some.length / THREADS);
          read.add(
              threads.submit(
                  () -> {
                    String[] hashes = new String[images.size()];
                    order.forEach(i -> hashes[i] = images.label(i) + " " + hash(images.image(i)));
                    return Arrays.stream(some).mapToObj(i -> hashes[i]).toList();
                  }));
        }
        Images sequential = part(alone, test);
        List<String> expected =
            Arrays.stream(some)
                .mapToObj(i -> sequential.label(i) + " " + hash(sequential.image(i)))
                .toList();
        for (Future<List<String>> each : read) {
          assertThat(each.get()).isEqualTo(expected);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aCallersChangeDoesNotShow() {
    assumeTrue(givesPlanesOfItsOwn(), "declared otherwise");
    try (Dataset dataset = open()) {
      for (boolean test : new boolean[] {false, true}) {
        Images images = part(dataset, test);
        RgbImage image = images.image(0);
        String before = hash(image);
        for (int i = 0; i < image.planes().length; i++) {
          image.planes()[i] ^= 0x55;
        }
        assertThat(hash(images.image(0))).isEqualTo(before);
      }
    }
  }

  @Test
  void anIndexThatIsNoneIsRefused() {
    try (Dataset dataset = open()) {
      for (boolean test : new boolean[] {false, true}) {
        Images images = part(dataset, test);
        for (int wrong : new int[] {-1, images.size(), Integer.MAX_VALUE, Integer.MIN_VALUE}) {
          assertThatThrownBy(() -> images.image(wrong))
              .as("image %d of %d", wrong, images.size())
              .isInstanceOf(IndexOutOfBoundsException.class);
          assertThatThrownBy(() -> images.label(wrong))
              .as("label %d of %d", wrong, images.size())
              .isInstanceOf(IndexOutOfBoundsException.class);
        }
      }
    }
  }

  @Test
  void missingFilesAreToldWithTheirPlace() {
    assumeTrue(readsFiles(), "declared to be generated");
    assertThatThrownBy(() -> provider().open(options(), empty))
        .isInstanceOfSatisfying(
            ZepadException.class, e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.INPUT))
        .hasMessageContaining(empty.toString());
  }

  @Test
  void closingTwiceIsHarmless() {
    Dataset dataset = open();
    dataset.train().image(0);
    dataset.close();
    dataset.close();
    // What another opening gives does not depend on it.
    try (Dataset other = open()) {
      assertThat(other.train().image(0).planes()).isNotEmpty();
    }
  }

  @Test
  void noTestPictureIsATrainingPicture() {
    assumeTrue(partsAreDisjoint(), "declared otherwise");
    try (Dataset dataset = open()) {
      TreeSet<String> common = new TreeSet<>(hashes(dataset.train()));
      common.retainAll(hashes(dataset.test()));
      assertThat(common).as("SHA-256 of pictures of both parts").isEmpty();
    }
  }

  private static Images part(Dataset dataset, boolean test) {
    return test ? dataset.test() : dataset.train();
  }

  private static List<Integer> all(Images images, IntFunction<Integer> value) {
    return IntStream.range(0, images.size()).mapToObj(value).toList();
  }

  private static List<String> hashes(Images images) {
    return IntStream.range(0, images.size())
        .parallel()
        .mapToObj(i -> hash(images.image(i)))
        .toList();
  }

  // The first, the last, and some between; the same in each test.
  private static int[] some(Images images) {
    int size = images.size();
    if (size <= SOME) {
      return IntStream.range(0, size).toArray();
    }
    SplittableRandom random = new SplittableRandom(11);
    return IntStream.concat(
            IntStream.of(0, size - 1),
            IntStream.generate(() -> random.nextInt(size)).distinct().limit(SOME - 2))
        .distinct()
        .toArray();
  }

  private static String hash(RgbImage image) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(8).putInt(image.width()).putInt(image.height()).flip());
      return HexFormat.of().formatHex(digest.digest(image.planes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
