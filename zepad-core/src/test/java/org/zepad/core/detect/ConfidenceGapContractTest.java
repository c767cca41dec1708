package org.zepad.core.detect;

import ai.djl.Device;
import org.zepad.api.NoOptions;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.detector.DetectorProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.DetectorContract;

class ConfidenceGapContractTest extends DetectorContract<NoOptions> {
  @Override
  protected DetectorProvider<NoOptions> provider() {
    return new ConfidenceGap();
  }

  @Override
  protected NoOptions options() {
    return new NoOptions();
  }

  @Override
  protected NoOptions reread(NoOptions written) {
    return OptionsBinder.bind("confidence-gap", NoOptions.class, OptionsBinder.toMap(written));
  }

  @Override
  protected RunContext context(long seed) {
    return RunContexts.root(seed, Device.cpu(), Progress.silent());
  }
}
