package org.zepad.datasets.stl10;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.dataset.Images;
import org.zepad.core.testkit.ParserFuzz;

/** Damaged files of STL-10 are read or refused. */
class ColumnImagesFuzzTest {
  private static final int PIXELS = 3 * 96 * 96;

  @TempDir Path folder;

  @Test
  void pixels() throws IOException {
    Path labels = Files.write(folder.resolve("y.bin"), new byte[] {1, 10});
    Path pixels = folder.resolve("X.bin");
    new ParserFuzz("STL-10, pixels", 16)
        .run(pixels, damaged -> read(damaged, labels), new byte[2 * PIXELS]);
  }

  @Test
  void labels() throws IOException {
    Path labels = folder.resolve("y.bin");
    Path pixels = Files.write(folder.resolve("X.bin"), new byte[2 * PIXELS]);
    new ParserFuzz("STL-10, labels", 16)
        .run(labels, damaged -> read(pixels, damaged), new byte[] {1, 10});
  }

  private static void read(Path pixels, Path labels) {
    Images images = ColumnImages.open(pixels, labels);
    images.image(images.size() - 1);
  }
}
