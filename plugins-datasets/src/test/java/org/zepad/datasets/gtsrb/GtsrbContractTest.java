package org.zepad.datasets.gtsrb;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.OwnDatasetContract;
import org.zepad.datasets.files.RealData;

/** GTSRB keeps the contract of data sets, cut to the sign or not. */
class GtsrbContractTest {
  @Nested
  class OfSmallFiles extends OwnDatasetContract<GtsrbOptions> {
    @TempDir Path folder;

    @Override
    protected DatasetProvider<GtsrbOptions> provider() {
      return new Gtsrb();
    }

    @Override
    protected GtsrbOptions options() {
      return new GtsrbOptions("", false);
    }

    @Override
    protected Path root() throws IOException {
      GtsrbTest.write(folder);
      return folder;
    }
  }

  @Nested
  class OfRealFiles extends OwnDatasetContract<GtsrbOptions> {
    @Override
    protected DatasetProvider<GtsrbOptions> provider() {
      return new Gtsrb();
    }

    @Override
    protected GtsrbOptions options() {
      return new GtsrbOptions("", false);
    }

    @Override
    protected Path root() {
      return RealData.root("gtsrb");
    }
  }

  @Nested
  class OfRealFilesCut extends OwnDatasetContract<GtsrbOptions> {
    @Override
    protected DatasetProvider<GtsrbOptions> provider() {
      return new Gtsrb();
    }

    @Override
    protected GtsrbOptions options() {
      return new GtsrbOptions("", true);
    }

    @Override
    protected Path root() {
      return RealData.root("gtsrb");
    }
  }
}
