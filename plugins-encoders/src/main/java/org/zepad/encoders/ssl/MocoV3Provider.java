package org.zepad.encoders.ssl;

import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.encoders.layers.Mlp;

/**
 * MoCo v3 (Chen, Xie and He 2021, "An Empirical Study of Training Self-Supervised Vision
 * Transformers").
 */
public final class MocoV3Provider implements SslMethodProvider<MocoV3Options> {

  /** Called by the service loader. */
  public MocoV3Provider() {}

  @Override
  public String name() {
    return "moco-v3";
  }

  @Override
  public String description() {
    return "MoCo v3: each image finds its own key, made by a slowly moving copy, among the batch";
  }

  @Override
  public Class<MocoV3Options> optionsType() {
    return MocoV3Options.class;
  }

  /** Solo-learn's: LARS at 0.3 with weight decay 1e-6. */
  @Override
  public Recipe recipe(MocoV3Options options, Benchmark benchmark) {
    return SoloLearn.recipe(
        benchmark, Views.asymmetric(benchmark), OptimizerSpec.Lars.of(1e-6), 0.3, 0.3);
  }

  @Override
  public SslMethod create(
      MocoV3Options options, Encoder encoder, Schedule schedule, RunContext context) {
    return new MomentumPrediction(
        encoder,
        new MomentumPrediction.Sizes(
            options.projectorHidden(), options.projectorOutput(), options.predictorHidden()),
        Mlp.Form.NORMALISED_TO_THE_END,
        Mlp.Form.NORMALISED_UNBIASED,
        options.baseTau(),
        options.finalTau(),
        (query, key) -> Losses.ownKey(query, key, options.temperature(), context.ops()),
        context);
  }
}
