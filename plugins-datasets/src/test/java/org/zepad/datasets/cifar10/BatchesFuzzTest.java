package org.zepad.datasets.cifar10;

import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.core.testkit.ParserFuzz;

/** Damaged files of CIFAR-10 are read or refused. */
class BatchesFuzzTest {
  private static final int PIXELS = 3 * 32 * 32;

  @TempDir Path folder;

  @Test
  void binary() {
    byte[] sound = new byte[2 * (1 + PIXELS)];
    sound[0] = 9;
    fuzz("CIFAR-10, binary", BatchFile::open, sound);
  }

  @Test
  void python() {
    fuzz("CIFAR-10, python", PythonBatch::open, PythonWriter.batch(new byte[2 * PIXELS], 3, 9));
  }

  @Test
  void pythonNames() {
    Path file = folder.resolve("meta");
    new ParserFuzz("CIFAR-10, python names", 16)
        .run(
            file,
            PythonBatch::names,
            PythonWriter.meta("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
  }

  private void fuzz(String parser, Function<Path, Batch> opener, byte[] sound) {
    Path file = folder.resolve("batch");
    new ParserFuzz(parser, 16)
        .run(
            file,
            damaged -> {
              Batch batch = opener.apply(damaged);
              batch.image(batch.size() - 1);
            },
            sound);
  }
}
