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

/** BYOL (Grill et al. 2020, "Bootstrap Your Own Latent"). */
public final class ByolProvider implements SslMethodProvider<ByolOptions> {

  /** Called by the service loader. */
  public ByolProvider() {}

  @Override
  public String name() {
    return "byol";
  }

  @Override
  public String description() {
    return "BYOL: one view predicts what a slowly moving copy of the encoder makes of the other";
  }

  @Override
  public Class<ByolOptions> optionsType() {
    return ByolOptions.class;
  }

  /**
   * Solo-learn's: LARS at 1.0 with weight decay 1e-5 (CIFAR-10), at 0.5 with 1e-6 (ImageNet-100).
   * There its predictor has 8192 hidden units.
   */
  @Override
  public Recipe recipe(ByolOptions options, Benchmark benchmark) {
    double weightDecay = benchmark == Benchmark.CIFAR_10 ? 1e-5 : 1e-6;
    return SoloLearn.recipe(
        benchmark, Views.asymmetric(benchmark), OptimizerSpec.Lars.of(weightDecay), 1.0, 0.5);
  }

  @Override
  public SslMethod create(
      ByolOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    return new MomentumPrediction(
        encoder,
        new MomentumPrediction.Sizes(
            options.projectorHidden(), options.projectorOutput(), options.predictorHidden()),
        Mlp.Form.NORMALISED,
        Mlp.Form.NORMALISED,
        options.baseTau(),
        options.finalTau(),
        Losses::cosineDistance,
        context);
  }
}
