package org.zepad.datasets.gtsrb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.core.testkit.ParserFuzz;

/** A damaged table of annotations is read or refused. */
class AnnotationsFuzzTest {
  private static final String SOUND =
      "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\r\n"
          + "00000.ppm;53;54;6;5;48;49;16\r\n00001.ppm;42;45;5;5;36;40;1\r\n";

  @TempDir Path folder;

  @Test
  void table() throws IOException {
    Files.createFile(folder.resolve("00000.ppm"));
    Files.createFile(folder.resolve("00001.ppm"));
    Path table = folder.resolve("GT.csv");
    new ParserFuzz("GTSRB, annotations", 16)
        .run(
            table,
            damaged -> Annotations.read(damaged, folder),
            SOUND.getBytes(StandardCharsets.US_ASCII));
  }
}
