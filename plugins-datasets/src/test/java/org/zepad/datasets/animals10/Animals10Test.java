package org.zepad.datasets.animals10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.zepad.datasets.files.RealData.counts;
import static org.zepad.testkit.TestPictures.pixel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.testkit.TestPictures;

class Animals10Test {
  private static final String[] FOLDERS = {
    "cane",
    "cavallo",
    "elefante",
    "farfalla",
    "gallina",
    "gatto",
    "mucca",
    "pecora",
    "ragno",
    "scoiattolo"
  };

  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    folder = write(root);
  }

  /** Writes 5 pictures of each animal below a data root. */
  static Path write(Path root) throws IOException {
    Path folder = root.resolve("animals10/raw-img");
    for (int c = 0; c < 10; c++) {
      TestPictures.write(
          folder.resolve(FOLDERS[c]),
          0x101010 * c,
          "OIP-a.jpeg",
          "e8.jpg",
          "x.png",
          "OIP-b.jpeg",
          "OIP-c.jpeg");
    }
    Files.writeString(root.resolve("animals10/translate.py"), "translate = {}");
    return folder;
  }

  private Dataset open(String folder, double fraction) {
    return new Animals10().open(new Animals10Options(folder, fraction, 7), root);
  }

  @Test
  void reportsEnglishNamesInTheOrderOfTheFolders() {
    try (Dataset dataset = open("", 0.2)) {
      assertThat(dataset.classes())
          .containsExactly(
              "dog",
              "horse",
              "elephant",
              "butterfly",
              "chicken",
              "cat",
              "cow",
              "sheep",
              "spider",
              "squirrel");
      assertThat(counts(dataset.train(), 10)).containsOnly(4);
      assertThat(counts(dataset.test(), 10)).containsOnly(1);
      for (int i = 0; i < 10; i++) {
        int level = 16 * dataset.test().label(i);
        assertThat(Math.abs(pixel(dataset.test().image(i), 2, 2)[1] - level)).isLessThan(3);
      }
    }
    assertThat(counts(open("animals10", 0.6).test(), 10)).containsOnly(3);
    assertThat(counts(open(folder.toString(), 0.999).train(), 10)).containsOnly(1);
  }

  @Test
  void missingFoldersAreNamed() throws IOException {
    Files.move(folder.resolve("gatto"), root.resolve("gatto"));
    assertThatThrownBy(() -> open("", 0.2))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("incomplete: the folders gatto are missing");
    assertThatThrownBy(() -> open("elsewhere", 0.2))
        .hasMessageContaining(root.resolve("elsewhere/raw-img").toString())
        .hasMessageContaining("cane, cavallo");
  }
}
