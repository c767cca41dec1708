package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.Mlp;

/**
 * A method that encodes and projects every view alike and compares the projections; what it
 * compares them by is the method.
 *
 * @param state the projector's tensors, and whatever else the objective trains
 * @param encoder is trained
 * @param projector (N, D) features to (N, P) projections, in training mode
 * @param objective the loss of the projections
 */
record JointEmbedding(
    StateDict state, Encoder encoder, UnaryOperator<NDArray> projector, Objective objective)
    implements SslMethod {

  /**
   * The method over a projector that is a plain stack of layers.
   *
   * @param form of the projector
   * @param sizes lengths of the projector's hidden layers and of a projection
   */
  static JointEmbedding over(
      Encoder encoder, RunContext context, Mlp.Form form, Objective objective, int... sizes) {
    StateDict state = new StateDict(context.manager());
    Mlp projector = projector(encoder, context, state, form, sizes);
    return new JointEmbedding(
        state, encoder, features -> projector.apply(features, true), objective);
  }

  /** A fresh projector of the encoder's features, whose tensors the state gets. */
  static Mlp projector(
      Encoder encoder, RunContext context, StateDict state, Mlp.Form form, int... sizes) {
    int[] all = IntStream.concat(IntStream.of(encoder.featureDim()), IntStream.of(sizes)).toArray();
    return new Mlp(state, "projector", form, new Initializer(context.random().split()), all);
  }

  @Override
  public NDArray loss(Batch batch) {
    return objective.of(
        batch.views().stream().map(view -> then(encoder.features(view, true), projector)).toList(),
        batch);
  }

  /** The loss of the projections of all views, (N, P) each, which are in the order of the views. */
  interface Objective {
    NDArray of(List<NDArray> projections, Batch batch);
  }
}
