package org.zepad.datasets.cifar10;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.OwnDatasetContract;
import org.zepad.datasets.files.RealData;

/** CIFAR-10 keeps the contract of data sets. */
class Cifar10ContractTest {
  @Nested
  class OfSmallBinaryFiles extends OwnDatasetContract<Cifar10Options> {
    @TempDir Path folder;

    @Override
    protected DatasetProvider<Cifar10Options> provider() {
      return new Cifar10();
    }

    @Override
    protected Cifar10Options options() {
      return new Cifar10Options("");
    }

    @Override
    protected Path root() throws IOException {
      Cifar10Test.write(folder);
      return folder;
    }
  }

  @Nested
  class OfSmallPythonFiles extends OwnDatasetContract<Cifar10Options> {
    @TempDir Path folder;

    // The small files repeat their pixels in both parts.
    @Override
    protected boolean partsAreDisjoint() {
      return false;
    }

    @Override
    protected DatasetProvider<Cifar10Options> provider() {
      return new Cifar10();
    }

    @Override
    protected Cifar10Options options() {
      return new Cifar10Options("");
    }

    @Override
    protected Path root() throws IOException {
      PythonBatchTest.write(folder);
      return folder;
    }
  }

  @Nested
  class OfRealFiles extends OwnDatasetContract<Cifar10Options> {
    @Override
    protected DatasetProvider<Cifar10Options> provider() {
      return new Cifar10();
    }

    @Override
    protected Cifar10Options options() {
      return new Cifar10Options("cifar10");
    }

    @Override
    protected Path root() {
      return RealData.root("cifar10");
    }
  }

  @Nested
  class OfOfficialPixels extends OwnDatasetContract<Cifar10Options> {
    @Override
    protected DatasetProvider<Cifar10Options> provider() {
      return new Cifar10();
    }

    @Override
    protected Cifar10Options options() {
      return new Cifar10Options("cifar10-exact");
    }

    @Override
    protected Path root() {
      return RealData.root("cifar10-exact");
    }
  }
}
