package org.zepad.datasets.svhn;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.OwnDatasetContract;
import org.zepad.datasets.files.RealData;

/** SVHN keeps the contract of data sets. */
class SvhnContractTest {
  @Nested
  class OfSmallFiles extends OwnDatasetContract<SvhnOptions> {
    @TempDir Path folder;

    // The small files repeat their pixels in both parts.
    @Override
    protected boolean partsAreDisjoint() {
      return false;
    }

    @Override
    protected DatasetProvider<SvhnOptions> provider() {
      return new Svhn();
    }

    @Override
    protected SvhnOptions options() {
      return new SvhnOptions("");
    }

    @Override
    protected Path root() throws IOException {
      SvhnTest.write(folder);
      return folder;
    }
  }

  @Nested
  class OfRealFiles extends OwnDatasetContract<SvhnOptions> {
    @Override
    protected DatasetProvider<SvhnOptions> provider() {
      return new Svhn();
    }

    @Override
    protected SvhnOptions options() {
      return new SvhnOptions("");
    }

    @Override
    protected Path root() {
      return RealData.root("svhn");
    }
  }
}
