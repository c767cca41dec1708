package org.zepad.encoders.ssl;

import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.Initializer;
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
    return new Recipe(new OptimizerSpec.Lars(0.9, 1e-4, 0.02, true, true), 0.3, 256, 1000, 10);
  }

  @Override
  public SslMethod create(VicregOptions options, Encoder encoder, RunContext context) {
    StateDict state = new StateDict(context.manager());
    Mlp projector =
        new Mlp(
            state,
            "projector",
            Mlp.Form.NORMALISED,
            new Initializer(context.random().split()),
            encoder.featureDim(),
            options.projectorHidden(),
            options.projectorHidden(),
            options.projectorOutput());
    return new JointEmbedding(
        Views.solarised(),
        state,
        encoder,
        features -> projector.apply(features, true),
        (z, batch) ->
            Scalars.times(Losses.invariance(z.get(0), z.get(1)), options.invarianceWeight())
                .add(
                    Scalars.times(
                        Losses.variance(z.get(0)).add(Losses.variance(z.get(1))),
                        options.varianceWeight()))
                .add(
                    Scalars.times(
                        Losses.covariance(z.get(0)).add(Losses.covariance(z.get(1))),
                        options.covarianceWeight())));
  }
}
