package org.zepad.core.io;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.core.testkit.ParserFuzz;
import org.zepad.testkit.Golden;

/** Damaged tensor files are read or refused, whatever format they claim. */
@Tag("golden")
class TensorFilesFuzzTest {
  private static final int MOST_MEBIBYTES = 64;

  @TempDir Path folder;

  @Test
  void zipFiles() throws IOException {
    fuzz("checkpoint, zip", "x.ckpt", golden("element_types.pt"));
  }

  @Test
  void legacyFiles() throws IOException {
    fuzz(
        "checkpoint, legacy",
        "x.ckpt",
        golden("bad_run_command_legacy.ckpt"),
        Arrays.copyOf(golden("lightning_legacy.ckpt"), 60_000));
  }

  /** Without the zip file around it, whose checksum would refuse most changes. */
  @Test
  void pickles() throws IOException {
    Path file = folder.resolve("x.pkl");
    new ParserFuzz("checkpoint, pickle", MOST_MEBIBYTES)
        .run(
            file,
            TensorFilesFuzzTest::runPickle,
            pickle("element_types.pt"),
            pickle("lightning_unknown_classes.ckpt"));
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
    fuzz("safetensors", "x.safetensors", Files.readAllBytes(file));
  }

  private void fuzz(String parser, String name, byte[]... sound) throws IOException {
    Path file = folder.resolve(name);
    new ParserFuzz(parser, MOST_MEBIBYTES).run(file, TensorFilesFuzzTest::openAndRead, sound);
  }

  private static void openAndRead(Path file) {
    TensorFiles.open(file).tensors().values().forEach(StoredTensor::read);
  }

  private static void runPickle(Path file) throws IOException {
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
  }

  private byte[] pickle(String ending) throws IOException {
    Path zip = Files.write(folder.resolve("zip"), golden(ending));
    FileRange pickle =
        ZipDirectory.read(zip).entrySet().stream()
            .filter(e -> e.getKey().endsWith("/data.pkl"))
            .findFirst()
            .orElseThrow()
            .getValue()
            .data();
    byte[] bytes = new byte[(int) pickle.length()];
    pickle.read(0, pickle.length()).get(bytes);
    return bytes;
  }

  private static byte[] golden(String ending) throws IOException {
    return Files.readAllBytes(
        Golden.cases("checkpoints")
            .filter(f -> f.toString().endsWith(ending))
            .findFirst()
            .orElseThrow());
  }
}
