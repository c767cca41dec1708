package org.zepad.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.picture.Pictures;
import org.zepad.core.data.DecodedCache;
import org.zepad.core.plugin.PluginCatalogue;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.testkit.TestPictures;

/** Damaged pictures and the cache of decoded ones, seen through the parts that the steps read. */
class OpenDataTest {
  private static final int SOUND = 12;
  private static final int SIZE = 16;

  @TempDir Path root;
  @TempDir Path cacheFolder;
  private final List<String> told = new ArrayList<>();

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

  @BeforeEach
  void writePictures() throws IOException {
    for (String part : new String[] {"train", "test"}) {
      Path folder = root.resolve(part);
      for (int i = 0; i < SOUND; i++) {
        // Apart in size, colour and part: no picture occurs twice.
        TestPictures.write(folder, 0x0a1400 * (i + 1) + part.length(), "s" + i + ".png");
      }
      TestPictures.writeUnusual(folder);
      TestPictures.writeDamaged(folder);
    }
    Files.write(
        root.resolve("test/one.png"), TestPictures.bytes(TestPictures.flat(1, 1, 0x777777), "png"));
    Files.write(root.resolve("test/cmyk.jpg"), TestPictures.fourComponents(0, 20, 100, 150, 204));
    Files.write(
        root.resolve("test/deep.png"), TestPictures.bytes(TestPictures.flat(5, 5, 0x99), "png"));
  }

  /** Options of {@link Folders}: none. */
  public record NoOptions() {}

  /** The pictures of two folders; the class is the length of a name, odd or even. */
  private record Folders() implements DatasetProvider<NoOptions> {
    @Override
    public String name() {
      return "folders";
    }

    @Override
    public String description() {
      return "Pictures of two folders";
    }

    @Override
    public Class<NoOptions> optionsType() {
      return NoOptions.class;
    }

    @Override
    public Dataset open(NoOptions options, Path root) {
      return new Dataset() {
        @Override
        public List<String> classes() {
          return List.of("even", "odd");
        }

        @Override
        public Images train() {
          return new FolderImages(root.resolve("train"));
        }

        @Override
        public Images test() {
          return new FolderImages(root.resolve("test"));
        }
      };
    }
  }

  private record FolderImages(List<Path> files) implements Images {
    FolderImages(Path folder) {
      this(list(folder));
    }

    private static List<Path> list(Path folder) {
      try (var all = Files.list(folder)) {
        return all.sorted().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int size() {
      return files.size();
    }

    @Override
    public int label(int index) {
      return files.get(index).getFileName().toString().length() % 2;
    }

    @Override
    public RgbImage image(int index) {
      return Pictures.read(files.get(index));
    }

    @Override
    public Optional<String> identity() {
      return Optional.of(Pictures.identity(files));
    }
  }

  private OpenData open(Damaged damaged, boolean cached) {
    PluginRegistry registry =
        new PluginRegistry(
            new PluginCatalogue(List.of(), List.of(), List.of()),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of("folders", new Folders()),
            Map.of(),
            Map.of(),
            Map.of());
    return OpenData.open(
        registry,
        new DataConfig("folders", Map.of(), 0, 0, 0.3, SIZE, damaged),
        new Settings(
            5,
            Device.cpu(),
            root,
            progress,
            cached ? Optional.of(new DecodedCache(cacheFolder, 1 << 20)) : Optional.empty(),
            ""));
  }

  private static List<String> names(OpenData data, int[] indices) {
    FolderImages files = (FolderImages) data.trainImages();
    return Arrays.stream(indices)
        .mapToObj(i -> files.files().get(i).getFileName().toString())
        .toList();
  }

  private static byte[] pixels(ImageBatches batches) {
    byte[] all = new byte[batches.size() * 3 * SIZE * SIZE];
    int[] at = {0};
    batches.forEach(
        5,
        OptionalLong.empty(),
        batch -> {
          for (float value : batch.images().toFloatArray()) {
            all[at[0]++] = (byte) Math.round(value * 255);
          }
        });
    return all;
  }

  @Test
  void skippedPicturesAreCountedAndNothingElseShifts() throws IOException {
    List<List<String>> sound = new ArrayList<>();
    try (OpenData all = open(Damaged.REFUSE, false)) {
      for (int[] part : new int[][] {all.training(), all.validation()}) {
        sound.add(
            names(all, part).stream().filter(n -> !n.matches("(cut|huge|text|void).*")).toList());
        assertThat(names(all, part)).hasSizeGreaterThan(sound.get(sound.size() - 1).size());
      }
    }
    for (boolean cached : new boolean[] {false, true, true}) {
      told.clear();
      try (OpenData data = open(Damaged.SKIP, cached)) {
        assertThat(names(data, data.training())).isEqualTo(sound.get(0));
        assertThat(names(data, data.validation())).isEqualTo(sound.get(1));
        assertThat(data.training().length + data.validation().length).isEqualTo(SOUND + 3);
        assertThat(data.provenance())
            .containsEntry("data-damaged-images-left-out", "4")
            .containsEntry("data-images", Integer.toString(sound.get(0).size()));
        assertThat(data.testProvenance()).containsEntry("test-damaged-images-left-out", "4");
        assertThat(data.leaveOutLeakedTestImages()).isZero();
        assertThat(told)
            .anyMatch(line -> line.contains("4 of 19 training images cannot be read"))
            .anyMatch(line -> line.contains("cut.jpg is truncated"))
            .anyMatch(line -> line.contains("and 1 more"))
            .anyMatch(line -> line.contains("4 of 19 test images"));
      }
    }
  }

  @Test
  void refusedPicturesEndTheWorkWithTheirName() {
    for (boolean cached : new boolean[] {false, true, true}) {
      try (OpenData data = open(Damaged.REFUSE, cached);
          NDManager manager = NDManager.newBaseManager()) {
        assertThatThrownBy(() -> pixels(data.testBatches(manager)))
            .isInstanceOf(ZepadException.class)
            .hasMessageContaining("cut.jpg is truncated");
        assertThatThrownBy(data::provenance)
            .isInstanceOf(ZepadException.class)
            .hasMessageMatching("(?s).*(cut|huge|text|void)\\..*");
      }
    }
  }

  @Test
  void theCacheChangesNoPixelAndNoFingerprint() throws IOException {
    byte[][] plain;
    String print;
    Map<String, String> test;
    try (OpenData data = open(Damaged.SKIP, false);
        NDManager manager = NDManager.newBaseManager()) {
      plain = all(data, manager);
      print = data.trainingFingerprint();
      test = data.testProvenance();
    }
    for (int time = 0; time < 2; time++) {
      try (OpenData data = open(Damaged.SKIP, true);
          NDManager manager = NDManager.newBaseManager()) {
        assertThat(all(data, manager)).isDeepEqualTo(plain);
        assertThat(data.trainingFingerprint()).isEqualTo(print);
        assertThat(data.trainBatches(manager).fingerprint()).contains(print);
        assertThat(data.testProvenance()).isEqualTo(test);
      }
    }
    try (var files = Files.list(cacheFolder)) {
      assertThat(files.map(f -> f.toString().replaceFirst(".*\\.", "")).sorted())
          .containsExactly("pixels", "pixels", "print", "print");
    }
  }

  private static byte[][] all(OpenData data, NDManager manager) {
    return new byte[][] {
      pixels(data.trainBatches(manager)),
      pixels(data.validationBatches(manager)),
      pixels(data.testBatches(manager))
    };
  }

  @Test
  void aCopyInTheTestPartIsLeftOut() throws IOException {
    Files.copy(root.resolve("train/s3.png"), root.resolve("test/s3-copy.png"));
    for (boolean cached : new boolean[] {false, true}) {
      try (OpenData data = open(Damaged.SKIP, cached);
          NDManager manager = NDManager.newBaseManager()) {
        assertThat(data.leaveOutLeakedTestImages()).isEqualTo(1);
        assertThat(data.testBatches(manager).size()).isEqualTo(SOUND + 3);
      }
    }
  }

  @Test
  void aPartWithoutASoundPictureIsRefused() throws IOException {
    try (var all = Files.list(root.resolve("test"))) {
      for (Path file : all.toList()) {
        Files.writeString(file, "no picture");
      }
    }
    try (OpenData data = open(Damaged.SKIP, false)) {
      assertThatThrownBy(data::testProvenance)
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("not one of the 19 test images can be read");
    }
  }

  @Test
  void theDefaultLeavesTheIdentityOfOlderProductsAlone() {
    DataConfig refuse = new DataConfig("a", Map.of(), 0, 0, 0.1, 32, Damaged.REFUSE);
    DataConfig skip = new DataConfig("a", Map.of(), 0, 0, 0.1, 32, Damaged.SKIP);
    assertThat(Identity.json(refuse)).doesNotContain("damaged");
    assertThat(Identity.json(skip)).contains("\"damaged\":\"skip\"");
  }
}
