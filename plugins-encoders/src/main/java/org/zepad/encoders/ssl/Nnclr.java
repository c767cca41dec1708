package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.Mlp;
import org.zepad.encoders.layers.VectorQueue;

/**
 * NNCLR at work: the prediction from one view is compared with the earlier projection that is
 * nearest to the other view.
 */
final class Nnclr implements SslMethod {
  private final Encoder encoder;
  private final StateDict state;
  private final Mlp projector;
  private final Mlp predictor;
  private final VectorQueue queue;
  private final double temperature;
  private final TensorOps ops;

  Nnclr(NnclrOptions options, Encoder encoder, RunContext context) {
    this.encoder = encoder;
    this.temperature = options.temperature();
    this.ops = context.ops();
    state = new StateDict(context.manager());
    Initializer initializer = new Initializer(context.random().split());
    projector =
        new Mlp(
            state,
            "projector",
            Mlp.Form.NORMALISED_THROUGHOUT,
            initializer,
            encoder.featureDim(),
            options.projectorHidden(),
            options.projectorHidden(),
            options.projectorOutput());
    predictor =
        new Mlp(
            state,
            "predictor",
            Mlp.Form.NORMALISED,
            initializer,
            options.projectorOutput(),
            options.predictorHidden(),
            options.projectorOutput());
    queue =
        new VectorQueue(
            state, "queue", options.queueSize(), options.projectorOutput(), initializer, ops);
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray loss(Batch batch) {
    NDArray first = project(batch.views().get(0));
    NDArray second = project(batch.views().get(1));
    NDArray loss = compare(first, second).add(compare(second, first));
    try (NDArray unit = Losses.unit(first)) {
      queue.keep(unit);
    }
    return Scalars.times(loss, 0.5);
  }

  @Override
  public void afterStep(long step, long totalSteps) {
    queue.store();
  }

  private NDArray project(NDArray view) {
    return then(encoder.features(view, true), features -> projector.apply(features, true));
  }

  private NDArray compare(NDArray looking, NDArray predicting) {
    NDArray neighbours = Losses.nearest(looking, queue.vectors(looking.getManager()), ops);
    return Losses.neighbours(neighbours, predictor.apply(predicting, true), temperature, ops);
  }
}
