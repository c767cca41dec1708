package org.zepad.core.testkit.contracts;

import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.fusion.FusionProvider;
import org.zepad.testkit.FusionContract;

/** The contract of fusion rules. */
class FusionCheck extends FusionContract<Record> {
  @Override
  protected FusionProvider<Record> provider() {
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
