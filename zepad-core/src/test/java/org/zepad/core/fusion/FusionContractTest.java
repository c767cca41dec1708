package org.zepad.core.fusion;

import ai.djl.Device;
import org.junit.jupiter.api.Nested;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.fusion.FusionProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.FusionContract;

/** The fusion rules that come with the program keep the contract that third parties' must keep. */
class FusionContractTest {
  @Nested
  class OfRobustFederalDecision extends Contract<RobustFederalDecision.Options> {
    OfRobustFederalDecision() {
      super(new RobustFederalDecision(), new RobustFederalDecision.Options(2.5));
    }
  }

  @Nested
  class OfEqual extends Contract<EqualFusion.Options> {
    OfEqual() {
      super(new EqualFusion(), new EqualFusion.Options(2.5));
    }
  }

  @Nested
  class OfEntropy extends Contract<EntropyFusion.Options> {
    OfEntropy() {
      super(new EntropyFusion(), new EntropyFusion.Options(2.5, false));
    }
  }

  @Nested
  class OfTheReferencesEntropy extends Contract<EntropyFusion.Options> {
    OfTheReferencesEntropy() {
      super(new EntropyFusion(), new EntropyFusion.Options(2.5, true));
    }
  }

  private abstract static class Contract<O extends Record> extends FusionContract<O> {
    private final FusionProvider<O> provider;
    private final O options;

    Contract(FusionProvider<O> provider, O options) {
      this.provider = provider;
      this.options = options;
    }

    @Override
    protected FusionProvider<O> provider() {
      return provider;
    }

    @Override
    protected O options() {
      return options;
    }

    @Override
    protected O reread(O written) {
      return OptionsBinder.bind(
          provider.name(), provider.optionsType(), OptionsBinder.toMap(written));
    }

    @Override
    protected RunContext context(long seed) {
      return RunContexts.root(seed, Device.cpu(), Progress.silent());
    }
  }
}
