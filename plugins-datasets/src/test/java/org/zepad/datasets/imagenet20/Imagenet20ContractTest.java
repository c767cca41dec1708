package org.zepad.datasets.imagenet20;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.OwnDatasetContract;
import org.zepad.datasets.files.RealData;
import org.zepad.testkit.TestPictures;

/** ImageNet's folders keep the contract of data sets. */
class Imagenet20ContractTest {
  @Nested
  class OfRealFiles extends OwnDatasetContract<Imagenet20Options> {
    @Override
    protected DatasetProvider<Imagenet20Options> provider() {
      return new Imagenet20();
    }

    @Override
    protected Imagenet20Options options() {
      return new Imagenet20Options("imagenette", List.of());
    }

    @Override
    protected Path root() {
      return RealData.root("imagenette");
    }
  }

  @Nested
  class OfSmallPictures extends OwnDatasetContract<Imagenet20Options> {
    @TempDir Path folder;

    @Override
    protected DatasetProvider<Imagenet20Options> provider() {
      return new Imagenet20();
    }

    @Override
    protected Imagenet20Options options() {
      return new Imagenet20Options("", List.of());
    }

    @Override
    protected Path root() throws IOException {
      TestPictures.write(folder.resolve("imagenet20/train/n01"), 0x102030, "1.JPEG", "2.JPEG");
      TestPictures.write(folder.resolve("imagenet20/train/n02"), 0x302010, "3.JPEG");
      TestPictures.write(folder.resolve("imagenet20/val/n01"), 0x405060, "4.JPEG");
      TestPictures.write(folder.resolve("imagenet20/val/n02"), 0x605040, "5.JPEG");
      return folder;
    }
  }
}
