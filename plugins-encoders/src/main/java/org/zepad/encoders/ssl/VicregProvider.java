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

/** VICReg (Bardes, Ponce and LeCun 2022, "Variance-Invariance-Covariance Regularization"). */
public final class VicregProvider implements SslMethodProvider<VicregOptions> {

  /** Called by the service loader. */
  public VicregProvider() {}

  @Override
  public String name() {
    return "vicreg";
  }

  @Override
  public String description() {
    return "VICReg: views agree, every column varies, no two columns vary together";
  }

  @Override
  public Class<VicregOptions> optionsType() {
    return VicregOptions.class;
  }

  /** Solo-learn's: LARS at 0.3 with weight decay 1e-4. */
  @Override
  public Recipe recipe(VicregOptions options, Benchmark benchmark) {
    return SoloLearn.recipe(
        benchmark, Views.solarised(benchmark), OptimizerSpec.Lars.of(1e-4), 0.3, 0.3);
  }

  @Override
  public SslMethod create(
      VicregOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    return JointEmbedding.over(
        encoder,
        context,
        Mlp.Form.NORMALISED,
        (z, batch) ->
            Losses.regularised(
                z.get(0),
                z.get(1),
                options.invarianceWeight(),
                options.varianceWeight(),
                options.covarianceWeight(),
                Losses::covariance),
        options.projectorHidden(),
        options.projectorHidden(),
        options.projectorOutput());
  }
}
