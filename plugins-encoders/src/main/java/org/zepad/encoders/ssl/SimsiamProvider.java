package org.zepad.encoders.ssl;

import java.util.List;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.Mlp;

/** SimSiam (Chen and He 2021, "Exploring Simple Siamese Representation Learning"). */
public final class SimsiamProvider implements SslMethodProvider<SimsiamOptions> {

  /** Called by the service loader. */
  public SimsiamProvider() {}

  @Override
  public String name() {
    return "simsiam";
  }

  @Override
  public String description() {
    return "SimSiam: one view predicts the projection of the other, which is held still";
  }

  @Override
  public Class<SimsiamOptions> optionsType() {
    return SimsiamOptions.class;
  }

  /** Solo-learn's: SGD at 0.5 with weight decay 1e-5. */
  @Override
  public Recipe recipe(SimsiamOptions options, Benchmark benchmark) {
    List<ViewSpec> views =
        benchmark == Benchmark.CIFAR_10 ? Views.moderate() : Views.asymmetric(benchmark);
    return SoloLearn.recipe(benchmark, views, new OptimizerSpec.Sgd(0.9, false, 1e-5), 0.5, 0.5);
  }

  @Override
  public SslMethod create(
      SimsiamOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    StateDict state = new StateDict(context.manager());
    Initializer initializer = new Initializer(context.random().split());
    Mlp projector =
        new Mlp(
            state,
            "projector",
            Mlp.Form.NORMALISED_TO_THE_END,
            initializer,
            encoder.featureDim(),
            options.projectorHidden(),
            options.projectorHidden(),
            options.projectorOutput());
    Mlp predictor =
        new Mlp(
            state,
            "predictor",
            Mlp.Form.NORMALISED_UNBIASED,
            initializer,
            options.projectorOutput(),
            options.predictorHidden(),
            options.projectorOutput());
    return new JointEmbedding(
        state,
        encoder,
        features -> projector.apply(features, true),
        (z, batch) ->
            Scalars.times(
                Losses.similarity(predictor.apply(z.get(0), true), context.ops().detach(z.get(1)))
                    .add(
                        Losses.similarity(
                            predictor.apply(z.get(1), true), context.ops().detach(z.get(0)))),
                -0.5));
  }
}
