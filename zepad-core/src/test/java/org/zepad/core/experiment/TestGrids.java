package org.zepad.core.experiment;

import java.util.Map;
import org.zepad.core.pipeline.AdaptConfig;
import org.zepad.core.pipeline.Damaged;
import org.zepad.core.pipeline.DataConfig;

/** Parts of grids for tests. */
final class TestGrids {
  static final DataConfig DATA =
      new DataConfig("shapes", Map.of(), 100, 50, 0.2, 16, Damaged.REFUSE);

  static final AdaptConfig TASK = new AdaptConfig("", DATA, 2, 32, 0.05);

  private TestGrids() {}
}
