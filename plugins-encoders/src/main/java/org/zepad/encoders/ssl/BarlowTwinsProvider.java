package org.zepad.encoders.ssl;

import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.Scalars;
import org.zepad.encoders.layers.Mlp;

/** Barlow Twins (Zbontar et al. 2021, "Self-Supervised Learning via Redundancy Reduction"). */
public final class BarlowTwinsProvider implements SslMethodProvider<BarlowTwinsOptions> {

  /** Called by the service loader. */
  public BarlowTwinsProvider() {}

  @Override
  public String name() {
    return "barlow-twins";
  }

  @Override
  public String description() {
    return "Barlow Twins: each column of two views correlates with itself and with no other";
  }

  @Override
  public Class<BarlowTwinsOptions> optionsType() {
    return BarlowTwinsOptions.class;
  }

  /** Solo-learn's: LARS at 0.3 with weight decay 1e-4. */
  @Override
  public Recipe recipe(BarlowTwinsOptions options, Benchmark benchmark) {
    return SoloLearn.recipe(
        benchmark, Views.asymmetric(benchmark), OptimizerSpec.Lars.of(1e-4), 0.3, 0.3);
  }

  @Override
  public SslMethod create(
      BarlowTwinsOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    return JointEmbedding.over(
        encoder,
        context,
        Mlp.Form.NORMALISED,
        (z, batch) ->
            Scalars.times(Losses.redundancy(z.get(0), z.get(1), options.lambda()), options.scale()),
        options.projectorHidden(),
        options.projectorHidden(),
        options.projectorOutput());
  }
}
