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
 * SwAV (Caron et al. 2020, "Unsupervised Learning of Visual Features by Contrasting Cluster
 * Assignments").
 */
public final class SwavProvider implements SslMethodProvider<SwavOptions> {

  /** Called by the service loader. */
  public SwavProvider() {}

  @Override
  public String name() {
    return "swav";
  }

  @Override
  public String description() {
    return "SwAV: each view predicts to which prototypes the other views were shared out";
  }

  @Override
  public Class<SwavOptions> optionsType() {
    return SwavOptions.class;
  }

  /** Solo-learn's: LARS at 0.6 with weight decay 1e-6. */
  @Override
  public Recipe recipe(SwavOptions options, Benchmark benchmark) {
    return SoloLearn.recipe(
        benchmark,
        Views.withSmallCrops(Views.strong(), options.smallCrops()),
        OptimizerSpec.Lars.of(1e-6),
        0.6,
        0.6);
  }

  @Override
  public SslMethod create(
      SwavOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    return new Swav(options, encoder, schedule, context);
  }
}
