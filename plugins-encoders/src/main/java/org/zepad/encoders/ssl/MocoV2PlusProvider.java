package org.zepad.encoders.ssl;

import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.tensor.OptimizerSpec;

/**
 * MoCo v2+ (Chen et al. 2020, "Improved Baselines with Momentum Contrastive Learning", made
 * symmetric).
 */
public final class MocoV2PlusProvider implements SslMethodProvider<MocoV2PlusOptions> {

  /** Called by the service loader. */
  public MocoV2PlusProvider() {}

  @Override
  public String name() {
    return "moco-v2-plus";
  }

  @Override
  public String description() {
    return "MoCo v2+: each image finds its own key among a queue of earlier keys";
  }

  @Override
  public Class<MocoV2PlusOptions> optionsType() {
    return MocoV2PlusOptions.class;
  }

  /**
   * Solo-learn's: SGD at 0.3 with weight decay 1e-4. On ImageNet-100 its queue holds 65536 keys.
   */
  @Override
  public Recipe recipe(MocoV2PlusOptions options, Benchmark benchmark) {
    return SoloLearn.recipe(
        benchmark, Views.moderate(), new OptimizerSpec.Sgd(0.9, false, 1e-4), 0.3, 0.3);
  }

  @Override
  public SslMethod create(
      MocoV2PlusOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    return new MomentumQueue(
        true,
        encoder,
        options.projectorHidden(),
        options.projectorOutput(),
        options.queueSize(),
        options.baseTau(),
        options.finalTau(),
        (query, key, queue) ->
            Losses.ownKeyAgainstQueue(query, key, queue, options.temperature(), context.ops()),
        context);
  }
}
