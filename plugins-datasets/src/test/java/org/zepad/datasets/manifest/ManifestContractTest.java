package org.zepad.datasets.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.OwnDatasetContract;
import org.zepad.testkit.TestPictures;

/** Manifests keep the contract of data sets. */
class ManifestContractTest {
  @Nested
  class OfSmallPictures extends OwnDatasetContract<ManifestOptions> {
    @TempDir Path folder;

    @Override
    protected DatasetProvider<ManifestOptions> provider() {
      return new Manifest();
    }

    @Override
    protected ManifestOptions options() {
      return new ManifestOptions("manifest.csv", false);
    }

    @Override
    protected Path root() throws IOException {
      TestPictures.write(folder.resolve("a"), 0x102030, "1.png", "2.jpg", "3.bmp");
      TestPictures.write(folder.resolve("b"), 0x302010, "1.png", "2.jpg");
      Files.writeString(
          folder.resolve("manifest.csv"),
          "path,label,split\n"
              + "a/1.png,ape,train\na/2.jpg,ape,train\nb/1.png,bee,train\n"
              + "a/3.bmp,ape,test\nb/2.jpg,bee,test\n");
      return folder;
    }
  }
}
