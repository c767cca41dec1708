package org.zepad.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.testkit.Golden;

/**
 * Damages small files at random: reading them ends in time, with tensors or with a refusal of kind
 * INPUT. {@code -Dzepad.fuzz.seed} and {@code -Dzepad.fuzz.count} choose others and more.
 */
@Tag("golden")
class MutationFuzzTest {
  private static final long SEED = Long.getLong("zepad.fuzz.seed", 20261101L);
  private static final int COUNT = Integer.getInteger("zepad.fuzz.count", 400);

  /** For one file; a busy machine gets three tries. */
  private static final long LIMIT_NANOS = 2_000_000_000L;

  @TempDir Path folder;

  @Test
  void zipFiles() throws IOException {
    fuzz(golden("element_types.pt"), MutationFuzzTest::openAndRead);
  }

  @Test
  void legacyFiles() throws IOException {
    fuzz(golden("bad_run_command_legacy.ckpt"), MutationFuzzTest::openAndRead);
    fuzz(Arrays.copyOf(golden("lightning_legacy.ckpt"), 60_000), MutationFuzzTest::openAndRead);
  }

  /** Without the zip file around it, whose checksum would refuse most changes. */
  @Test
  void pickles() throws IOException {
    Path zip = folder.resolve("zip");
    for (String name : new String[] {"element_types.pt", "lightning_unknown_classes.ckpt"}) {
      Files.write(zip, golden(name));
      FileRange pickle =
          ZipDirectory.read(zip).entrySet().stream()
              .filter(e -> e.getKey().endsWith("/data.pkl"))
              .findFirst()
              .orElseThrow()
              .getValue()
              .data();
      byte[] bytes = new byte[(int) pickle.length()];
      pickle.read(0, pickle.length()).get(bytes);
      fuzz(bytes, MutationFuzzTest::runPickle);
    }
  }

  @Test
  void safetensors() throws IOException {
    Path file = folder.resolve("sound.safetensors");
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Safetensors.write(
          file,
          Map.of("a", manager.ones(new Shape(2, 3)), "b", manager.create(7L)),
          Map.of("k", "v"));
    }
    fuzz(Files.readAllBytes(file), MutationFuzzTest::openAndRead);
  }

  private static void openAndRead(Path file) {
    TensorFiles.open(file).tensors().values().forEach(StoredTensor::read);
  }

  private static void runPickle(Path file) {
    try {
      Object root =
          PickleMachine.run(
              file,
              new PickleInput(new FileRange(file, 0, Files.size(file))),
              id -> {
                StorageId storage = StorageId.of(file, id);
                return new TorchStorage("storage", storage.type(), storage.elements());
              });
      TorchContents contents = new TorchContents(file, root);
      contents.tensors();
      contents.facts();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void fuzz(byte[] sound, Consumer<Path> reader) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    Path file = folder.resolve("mutated.safetensors");
    Path other = folder.resolve("mutated.ckpt");
    boolean safetensors = sound.length > 8 && sound[8] == '{';
    Path target = safetensors ? file : other;
    for (int i = 0; i < COUNT; i++) {
      String line = "-Dzepad.fuzz.seed=" + SEED + ", mutation " + i;
      Files.write(target, mutate(sound, random.split()));
      long fastest = LIMIT_NANOS;
      for (int tries = 0; tries < 3 && fastest >= LIMIT_NANOS; tries++) {
        long start = System.nanoTime();
        readOrRefuse(target, reader, line);
        fastest = System.nanoTime() - start;
      }
      assertThat(fastest).as(line).isLessThan(LIMIT_NANOS);
    }
  }

  private static void readOrRefuse(Path file, Consumer<Path> reader, String line) {
    try {
      reader.accept(file);
    } catch (ZepadException e) {
      assertThat(e.kind()).as(line).isEqualTo(ZepadException.Kind.INPUT);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(line, e);
    }
  }

  /** One to four changes: a byte set, a bit flipped, a part cut out, doubled, or filled. */
  private static byte[] mutate(byte[] sound, SplittableRandom random) {
    byte[] bytes = sound.clone();
    for (int n = random.nextInt(1, 5); n > 0 && bytes.length > 1; n--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(random.nextInt(1, 17), bytes.length - at);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = join(bytes, at, at + length);
        case 3 -> bytes = join(bytes, at + length, at);
        case 4 -> Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0xff : 0));
        default -> bytes = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, at) : bytes;
      }
    }
    return bytes;
  }

  /** The bytes up to one place and those from another. */
  private static byte[] join(byte[] bytes, int until, int from) {
    byte[] joined = Arrays.copyOf(bytes, until + bytes.length - from);
    System.arraycopy(bytes, from, joined, until, bytes.length - from);
    return joined;
  }

  private static byte[] golden(String ending) throws IOException {
    return Files.readAllBytes(
        Golden.cases("checkpoints")
            .filter(f -> f.toString().endsWith(ending))
            .findFirst()
            .orElseThrow());
  }
}
