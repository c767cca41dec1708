package org.zepad.encoders.ssl;

import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.tensor.OptimizerSpec;

/** NNCLR (Dwibedi et al. 2021, "With a Little Help from My Friends"). */
public final class NnclrProvider implements SslMethodProvider<NnclrOptions> {

  /** Called by the service loader. */
  public NnclrProvider() {}

  @Override
  public String name() {
    return "nnclr";
  }

  @Override
  public String description() {
    return "NNCLR: SimCLR whose positives are the nearest of earlier projections";
  }

  @Override
  public Class<NnclrOptions> optionsType() {
    return NnclrOptions.class;
  }

  /** Solo-learn's: LARS at 0.4 with weight decay 1e-5. */
  @Override
  public Recipe recipe(NnclrOptions options, Benchmark benchmark) {
    return SoloLearn.recipe(
        benchmark, Views.asymmetric(benchmark), OptimizerSpec.Lars.of(1e-5), 0.4, 0.4);
  }

  @Override
  public SslMethod create(
      NnclrOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    return new Nnclr(options, encoder, context);
  }
}
