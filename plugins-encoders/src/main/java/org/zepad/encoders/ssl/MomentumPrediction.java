package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.Mlp;

/**
 * A method in which one view, through a predictor, predicts what a slowly moving copy of the
 * network makes of the other, and the reverse: BYOL, MoCo v3. How far off a prediction is, is the
 * method.
 */
final class MomentumPrediction implements SslMethod {
  private final Encoder encoder;
  private final StateDict state;
  private final Mlp projector;
  private final Mlp predictor;
  private final MomentumEncoder target;
  private final BinaryOperator<NDArray> distance;

  /**
   * Makes projector, predictor and the momentum copy.
   *
   * @param sizes lengths of the projector's hidden layer, of a projection, and of the predictor's
   *     hidden layer
   * @param projectorForm form of the projector
   * @param predictorForm form of the predictor
   * @param baseTau share of itself that the copy keeps at the first step
   * @param finalTau the same at the last step
   * @param distance of (N, P) predictions and (N, P) projections, the latter constants; a scalar
   */
  MomentumPrediction(
      Encoder encoder,
      Sizes sizes,
      Mlp.Form projectorForm,
      Mlp.Form predictorForm,
      double baseTau,
      double finalTau,
      BinaryOperator<NDArray> distance,
      RunContext context) {
    this.encoder = encoder;
    this.distance = distance;
    state = new StateDict(context.manager());
    Initializer initializer = new Initializer(context.random().split());
    Function<StateDict, Mlp> newProjector =
        owner ->
            new Mlp(
                owner,
                "projector",
                projectorForm,
                initializer,
                encoder.featureDim(),
                sizes.projectorHidden(),
                sizes.projection());
    projector = newProjector.apply(state);
    predictor =
        new Mlp(
            state,
            "predictor",
            predictorForm,
            initializer,
            sizes.projection(),
            sizes.predictorHidden(),
            sizes.projection());
    target =
        new MomentumEncoder(
            state,
            encoder,
            owner -> newProjector.apply(owner)::apply,
            baseTau,
            finalTau,
            context.ops());
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray loss(Batch batch) {
    NDArray first = batch.views().get(0);
    NDArray second = batch.views().get(1);
    return distance
        .apply(predict(first), target.project(second))
        .add(distance.apply(predict(second), target.project(first)));
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

  /** Lengths of layers. */
  record Sizes(int projectorHidden, int projection, int predictorHidden) {}
}
