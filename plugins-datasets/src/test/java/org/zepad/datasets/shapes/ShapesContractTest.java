package org.zepad.datasets.shapes;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.OwnDatasetContract;

/** Drawn shapes keep the contract of data sets. */
class ShapesContractTest {
  @Nested
  class Drawn extends OwnDatasetContract<ShapesOptions> {
    @TempDir Path folder;

    @Override
    protected boolean readsFiles() {
      return false;
    }

    @Override
    protected DatasetProvider<ShapesOptions> provider() {
      return new Shapes();
    }

    @Override
    protected ShapesOptions options() {
      return new ShapesOptions(120, 60, 24, 3);
    }

    @Override
    protected Path root() throws IOException {
      return folder;
    }
  }
}
