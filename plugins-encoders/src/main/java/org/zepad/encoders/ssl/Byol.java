package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Function;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.Mlp;

/** BYOL at work: one view predicts what the slowly moving target network makes of the other. */
final class Byol implements SslMethod {
  /** Solo-learn's asymmetric views for CIFAR: no blur, the second view sometimes solarised. */
  private static final ViewSpec VIEW =
      new ViewSpec(0.08, 1, 0.5, 0.8, 0.4, 0.4, 0.2, 0.1, 0.2, 0, 0, 1);

  private final Encoder encoder;
  private final StateDict state;
  private final Mlp projector;
  private final Mlp predictor;
  private final MomentumEncoder target;

  Byol(ByolOptions options, Encoder encoder, RunContext context) {
    this.encoder = encoder;
    state = new StateDict(context.manager());
    Initializer initializer = new Initializer(context.random().split());
    Function<StateDict, Mlp> newProjector =
        owner ->
            new Mlp(
                owner,
                "projector",
                true,
                initializer,
                encoder.featureDim(),
                options.projectorHidden(),
                options.projectorOutput());
    projector = newProjector.apply(state);
    predictor =
        new Mlp(
            state,
            "predictor",
            true,
            initializer,
            options.projectorOutput(),
            options.predictorHidden(),
            options.projectorOutput());
    target =
        new MomentumEncoder(
            state, encoder, newProjector, options.baseTau(), options.finalTau(), context.ops());
  }

  @Override
  public List<ViewSpec> views() {
    return List.of(VIEW, VIEW.withBlurAndSolarize(0, 0.2));
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray loss(Batch batch) {
    NDArray first = batch.views().get(0);
    NDArray second = batch.views().get(1);
    return Losses.cosineDistance(predict(first), target.project(second))
        .add(Losses.cosineDistance(predict(second), target.project(first)));
  }

  @Override
  public void afterStep(long step, long totalSteps) {
    target.update(step, totalSteps);
  }

  @Override
  public void close() {
    target.close();
    state.close();
  }

  private NDArray predict(NDArray view) {
    NDArray projection =
        then(encoder.features(view, true), features -> projector.apply(features, true));
    return then(projection, z -> predictor.apply(z, true));
  }
}
