package org.zepad.encoders.ssl;

import ai.djl.Device;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.SslMethodContract;

/** Every method of this module keeps the contract. */
class SslMethodsTest {

  /** The contract for a method with its options. */
  abstract static class Contract<O extends Record> extends SslMethodContract<O> {
    private final SslMethodProvider<O> provider;
    private final O options;

    Contract(SslMethodProvider<O> provider, O options) {
      this.provider = provider;
      this.options = options;
    }

    @Override
    protected SslMethodProvider<O> provider() {
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

  @Nested
  class BarlowTwins extends Contract<BarlowTwinsOptions> {
    BarlowTwins() {
      super(new BarlowTwinsProvider(), new BarlowTwinsOptions(32, 16, 0.0051, 0.1));
    }
  }

  @Nested
  class Byol extends Contract<ByolOptions> {
    Byol() {
      super(new ByolProvider(), new ByolOptions(32, 16, 32, 0.9, 1));
    }
  }

  @Nested
  class DeepClusterV2 extends Contract<DeepClusterV2Options> {
    DeepClusterV2() {
      super(new DeepClusterV2Provider(), new DeepClusterV2Options(32, 16, List.of(4, 6), 3, 0.1));
    }
  }

  @Nested
  class Dino extends Contract<DinoOptions> {
    Dino() {
      super(
          new DinoProvider(), new DinoOptions(32, 16, 12, true, 0.1, 0.07, 0.04, 3, 1, 2, 0.9, 1));
    }
  }

  @Nested
  class MocoV2Plus extends Contract<MocoV2PlusOptions> {
    MocoV2Plus() {
      super(new MocoV2PlusProvider(), new MocoV2PlusOptions(32, 16, 40, 0.2, 0.9, 1));
    }
  }

  @Nested
  class MocoV3 extends Contract<MocoV3Options> {
    MocoV3() {
      super(new MocoV3Provider(), new MocoV3Options(32, 16, 32, 0.2, 0.9, 1));
    }
  }

  @Nested
  class Nnclr extends Contract<NnclrOptions> {
    Nnclr() {
      super(new NnclrProvider(), new NnclrOptions(32, 16, 32, 40, 0.2));
    }
  }

  @Nested
  class Ressl extends Contract<ResslOptions> {
    Ressl() {
      super(new ResslProvider(), new ResslOptions(32, 16, 40, 0.1, 0.04, 0.9, 1));
    }
  }

  @Nested
  class Simclr extends Contract<SimclrOptions> {
    Simclr() {
      super(new SimclrProvider(), new SimclrOptions(32, 16, 0.2));
    }
  }

  @Nested
  class Simsiam extends Contract<SimsiamOptions> {
    Simsiam() {
      super(new SimsiamProvider(), new SimsiamOptions(32, 16, 8));
    }
  }

  @Nested
  class Supcon extends Contract<SupconOptions> {
    Supcon() {
      super(new SupconProvider(), new SupconOptions(32, 16, 0.2));
    }
  }

  @Nested
  class Swav extends Contract<SwavOptions> {
    Swav() {
      super(new SwavProvider(), new SwavOptions(32, 16, 12, 0.1, 0.05, 3, 32, 2, 1, 2));
    }
  }

  @Nested
  class Vibcreg extends Contract<VibcregOptions> {
    Vibcreg() {
      super(new VibcregProvider(), new VibcregOptions(32, 16, 25, 25, 200, 4));
    }
  }

  @Nested
  class Vicreg extends Contract<VicregOptions> {
    Vicreg() {
      super(new VicregProvider(), new VicregOptions(32, 16, 25, 25, 1));
    }
  }

  @Nested
  class Wmse extends Contract<WmseOptions> {
    Wmse() {
      super(new WmseProvider(), new WmseOptions(32, 4, 8, 2, 0, false));
    }
  }
}
