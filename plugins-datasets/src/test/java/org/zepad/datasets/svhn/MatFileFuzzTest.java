package org.zepad.datasets.svhn;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.dataset.Images;
import org.zepad.core.testkit.ParserFuzz;

/** A damaged MATLAB file is read or refused. */
class MatFileFuzzTest {
  @TempDir Path folder;

  @Test
  void digits() {
    Path file = folder.resolve("x.mat");
    new ParserFuzz("SVHN, MATLAB", 64)
        .run(
            file,
            damaged -> {
              Images images = DigitImages.open(damaged);
              images.image(images.size() - 1);
            },
            mat(ByteOrder.LITTLE_ENDIAN, true),
            mat(ByteOrder.BIG_ENDIAN, false));
  }

  private static byte[] mat(ByteOrder order, boolean compressed) {
    byte[] pixels = new byte[2 * 3 * 32 * 32];
    // Few pixels that are not 0 leave the compressed file small, and its headers a fair share.
    new Random(1).ints(9, 0, pixels.length).forEach(at -> pixels[at] = 1);
    return new MatWriter(order, compressed)
        .bytes("y", new byte[] {1, 10}, 2, 1)
        .bytes("X", pixels, 32, 32, 3, 2)
        .array(6, "other", new byte[0], 0, 0)
        .file();
  }
}
