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
 * W-MSE (Ermolov et al. 2021, "Whitening for Self-Supervised Representation Learning"). By default
 * the gradient flows through both views, as published.
 */
public final class WmseProvider implements SslMethodProvider<WmseOptions> {

  /** Called by the service loader. */
  public WmseProvider() {}

  @Override
  public String name() {
    return "wmse";
  }

  @Override
  public String description() {
    return "W-MSE: whitening scatters the projections, so that views may attract without negatives";
  }

  @Override
  public Class<WmseOptions> optionsType() {
    return WmseOptions.class;
  }

  /** Solo-learn's: Adam at 2e-3 with weight decay 1e-6. */
  @Override
  public Recipe recipe(WmseOptions options, Benchmark benchmark) {
    return SoloLearn.recipe(
        benchmark, Views.whitened(benchmark), OptimizerSpec.Adam.of(1e-6), 2e-3, 2e-3);
  }

  @Override
  public SslMethod create(
      WmseOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    return new Wmse(options, encoder, context);
  }
}
