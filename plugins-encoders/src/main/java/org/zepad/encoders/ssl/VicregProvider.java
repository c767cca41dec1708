package org.zepad.encoders.ssl;

import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Recipe;
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

  /** Solo-learn's recipe for CIFAR-10: LARS at 0.3 with weight decay 1e-4, batch 256. */
  @Override
  public Recipe recipe(VicregOptions options) {
    return new Recipe(OptimizerSpec.Lars.of(1e-4), 0.3, 256, 1000, 10);
  }

  @Override
  public SslMethod create(VicregOptions options, Encoder encoder, RunContext context) {
    return JointEmbedding.over(
        encoder,
        context,
        Views.solarised(),
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
