package org.zepad.encoders.backbone;

import ai.djl.Device;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.BackboneContract;

/**
 * The contract of backbones, with this project's own contexts and reader of options.
 *
 * @param <O> the backbone's options
 */
abstract class OwnBackboneContract<O extends Record> extends BackboneContract<O> {
  private final SmallBackbone<O> small;

  OwnBackboneContract(SmallBackbone<O> small) {
    this.small = small;
  }

  @Override
  protected BackboneProvider<O> provider() {
    return small.provider();
  }

  @Override
  protected O options() {
    return small.options();
  }

  @Override
  protected O reread(O options) {
    return OptionsBinder.bind(
        provider().name(), provider().optionsType(), OptionsBinder.toMap(options));
  }

  @Override
  protected RunContext context(long seed) {
    return RunContexts.root(seed, Device.cpu(), Progress.silent());
  }
}
