package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.UnaryOperator;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.api.tensor.StateDict;

/**
 * A method that encodes and projects every view alike and compares the projections; what it
 * compares them by is the method.
 *
 * @param views how the views are made
 * @param state the projector's tensors, and whatever else the objective trains
 * @param encoder is trained
 * @param projector (N, D) features to (N, P) projections, in training mode
 * @param objective the loss of the projections
 */
record JointEmbedding(
    List<ViewSpec> views,
    StateDict state,
    Encoder encoder,
    UnaryOperator<NDArray> projector,
    Objective objective)
    implements SslMethod {

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
