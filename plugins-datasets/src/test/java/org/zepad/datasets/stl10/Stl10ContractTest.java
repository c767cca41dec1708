package org.zepad.datasets.stl10;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.OwnDatasetContract;
import org.zepad.datasets.files.RealData;

/** STL-10 keeps the contract of data sets. */
class Stl10ContractTest {
  @Nested
  class OfSmallFiles extends OwnDatasetContract<Stl10Options> {
    @TempDir Path folder;

    // The small files repeat their pixels in both parts.
    @Override
    protected boolean partsAreDisjoint() {
      return false;
    }

    @Override
    protected DatasetProvider<Stl10Options> provider() {
      return new Stl10();
    }

    @Override
    protected Stl10Options options() {
      return new Stl10Options("");
    }

    @Override
    protected Path root() throws IOException {
      Stl10Test.write(folder);
      return folder;
    }
  }

  @Nested
  class OfRealFiles extends OwnDatasetContract<Stl10Options> {
    @Override
    protected DatasetProvider<Stl10Options> provider() {
      return new Stl10();
    }

    @Override
    protected Stl10Options options() {
      return new Stl10Options("");
    }

    @Override
    protected Path root() {
      return RealData.root("stl10");
    }
  }
}
