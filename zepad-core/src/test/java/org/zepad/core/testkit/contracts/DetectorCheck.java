package org.zepad.core.testkit.contracts;

import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.detector.DetectorProvider;
import org.zepad.testkit.DetectorContract;

/** The contract of detectors. */
class DetectorCheck extends DetectorContract<Record> {
  @Override
  protected DetectorProvider<Record> provider() {
    return Current.provider();
  }

  @Override
  protected Record options() {
    return Current.options(Map.of());
  }

  @Override
  protected Record reread(Record written) {
    return Current.reread(written);
  }

  @Override
  protected RunContext context(long seed) {
    return Current.context(seed);
  }
}
