package org.zepad.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.Images;
import org.zepad.datasets.imagefolder.ImageFolder;
import org.zepad.datasets.imagefolder.ImageFolderOptions;
import org.zepad.datasets.manifest.Manifest;
import org.zepad.datasets.manifest.ManifestOptions;
import org.zepad.testkit.TestPictures;

/** Odd files open with the data set and are told apart when they are read. */
class DamagedPicturesTest {
  @TempDir Path root;

  private void writeFolders() throws IOException {
    for (String part : new String[] {"train", "test"}) {
      TestPictures.writeUnusual(root.resolve(part).resolve("odd"));
      TestPictures.writeDamaged(root.resolve(part).resolve("odd"));
      TestPictures.write(root.resolve(part).resolve("sound"), 0x102030, "1.jpg", "2.png");
    }
  }

  private static void check(Images images) {
    assertThat(images.size()).isEqualTo(9);
    assertThat(images.identity()).isPresent();
    int damaged = 0;
    for (int i = 0; i < images.size(); i++) {
      try {
        assertThat(images.image(i).planes()).isNotEmpty();
      } catch (ZepadException e) {
        assertThat(e.kind()).isEqualTo(ZepadException.Kind.INPUT);
        assertThat(e.getMessage()).containsPattern("(cut|huge|text|void)\\.(jpg|png)");
        damaged++;
      }
    }
    assertThat(damaged).isEqualTo(4);
  }

  @Test
  void throughImageFolders() throws IOException {
    writeFolders();
    try (Dataset dataset =
        new ImageFolder()
            .open(new ImageFolderOptions("", "train", "test", List.of(), 0.5, 0), root)) {
      check(dataset.train());
      check(dataset.test());
    }
  }

  @Test
  void throughManifests() throws IOException {
    writeFolders();
    StringBuilder table = new StringBuilder("path,label,split\n");
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        Path path = root.relativize(file);
        table.append(path.toString().replace('\\', '/')).append(',');
        table.append(path.getName(1)).append(',').append(path.getName(0)).append('\n');
      }
    }
    Files.writeString(root.resolve("manifest.csv"), table);
    try (Dataset dataset = new Manifest().open(new ManifestOptions("manifest.csv", false), root)) {
      check(dataset.train());
      check(dataset.test());
    }
  }
}
