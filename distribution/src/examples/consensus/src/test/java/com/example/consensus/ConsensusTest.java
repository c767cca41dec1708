package com.example.consensus;

import ai.djl.Device;
import org.junit.jupiter.api.Nested;
import org.zepad.api.NoOptions;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.detector.DetectorProvider;
import org.zepad.api.fusion.FusionProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.DetectorContract;
import org.zepad.testkit.FusionContract;

class ConsensusTest {
  private static final Doubt DOUBT = new Doubt(0.01);

  @Nested
  class OfTheFusion extends FusionContract<NoOptions> {
    @Override
    protected FusionProvider<NoOptions> provider() {
      return new ConsensusFusion(DOUBT);
    }

    @Override
    protected NoOptions options() {
      return new NoOptions();
    }

    @Override
    protected NoOptions reread(NoOptions written) {
      return written;
    }

    @Override
    protected RunContext context(long seed) {
      return RunContexts.root(seed, Device.cpu(), Progress.silent());
    }
  }

  @Nested
  class OfTheDetector extends DetectorContract<NoOptions> {
    @Override
    protected DetectorProvider<NoOptions> provider() {
      return new DissentDetector(DOUBT);
    }

    @Override
    protected NoOptions options() {
      return new NoOptions();
    }

    @Override
    protected NoOptions reread(NoOptions written) {
      return written;
    }

    @Override
    protected RunContext context(long seed) {
      return RunContexts.root(seed, Device.cpu(), Progress.silent());
    }
  }
}
