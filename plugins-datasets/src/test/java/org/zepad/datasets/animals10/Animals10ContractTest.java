package org.zepad.datasets.animals10;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.OwnDatasetContract;

/** Animals-10 keeps the contract of data sets. */
class Animals10ContractTest {
  @Nested
  class OfSmallPictures extends OwnDatasetContract<Animals10Options> {
    @TempDir Path folder;

    @Override
    protected DatasetProvider<Animals10Options> provider() {
      return new Animals10();
    }

    @Override
    protected Animals10Options options() {
      return new Animals10Options("", 0.3, 1);
    }

    @Override
    protected Path root() throws IOException {
      Animals10Test.write(folder);
      return folder;
    }
  }
}
