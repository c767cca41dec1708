package org.zepad.datasets.imagefolder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.OwnDatasetContract;
import org.zepad.testkit.TestPictures;

/** Image folders keep the contract of data sets. */
class ImageFolderContractTest {
  @Nested
  class WithTestFolder extends OwnDatasetContract<ImageFolderOptions> {
    @TempDir Path folder;

    @Override
    protected DatasetProvider<ImageFolderOptions> provider() {
      return new ImageFolder();
    }

    @Override
    protected ImageFolderOptions options() {
      return new ImageFolderOptions("", "train", "", List.of(), 0.3, 0);
    }

    @Override
    protected Path root() throws IOException {
      TestPictures.write(
          folder.resolve("image-folder/train/a"), 0x102030, "1.png", "2.jpg", "3.bmp");
      TestPictures.write(folder.resolve("image-folder/train/b"), 0x302010, "1.png", "2.jpg");
      TestPictures.write(folder.resolve("image-folder/test/a"), 0x405060, "1.png");
      TestPictures.write(folder.resolve("image-folder/test/b"), 0x605040, "1.jpg");
      return folder;
    }
  }

  @Nested
  class WithHeldOutPictures extends OwnDatasetContract<ImageFolderOptions> {
    @TempDir Path folder;

    @Override
    protected DatasetProvider<ImageFolderOptions> provider() {
      return new ImageFolder();
    }

    @Override
    protected ImageFolderOptions options() {
      return new ImageFolderOptions("", "train", "", List.of(), 0.3, 5);
    }

    @Override
    protected Path root() throws IOException {
      TestPictures.write(
          folder.resolve("image-folder/train/a"), 0x102030, "1.png", "2.jpg", "3.bmp");
      TestPictures.write(folder.resolve("image-folder/train/b"), 0x302010, "1.png", "2.jpg");
      return folder;
    }
  }
}
