package org.zepad.core.testkit.contracts;

import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.core.check.Capability;
import org.zepad.testkit.BackboneContract;

/** The contract of backbones. */
class BackboneCheck extends BackboneContract<Record> {
  @Override
  protected BackboneProvider<Record> provider() {
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
  protected boolean showsLayers() {
    return Current.has(Capability.LAYERS);
  }

  @Override
  protected RunContext context(long seed) {
    return Current.context(seed);
  }
}
