package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.Mlp;
import org.zepad.encoders.layers.VectorQueue;

/**
 * A method that compares the query of one view with the key that a slowly moving copy of the
 * network makes of the other, against a queue of earlier keys: MoCo v2+, ReSSL. All are of unit
 * length.
 */
final class MomentumQueue implements SslMethod {
  private final Encoder encoder;
  private final StateDict state;
  private final Mlp projector;
  private final MomentumEncoder target;
  private final List<VectorQueue> queues = new ArrayList<>();
  private final boolean symmetric;
  private final Objective objective;

  /**
   * Makes projector, momentum copy and queues.
   *
   * @param symmetric whether the second view asks too, of a queue of its own, and the mean counts;
   *     else the first view asks and the second answers
   * @param hidden length of the projector's hidden layer
   * @param projection length of a projection
   * @param queueSize keys in a queue
   * @param baseTau share of itself that the copy keeps at the first step
   * @param finalTau the same at the last step
   */
  MomentumQueue(
      boolean symmetric,
      Encoder encoder,
      int hidden,
      int projection,
      int queueSize,
      double baseTau,
      double finalTau,
      Objective objective,
      RunContext context) {
    this.symmetric = symmetric;
    this.encoder = encoder;
    this.objective = objective;
    state = new StateDict(context.manager());
    Initializer initializer = new Initializer(context.random().split());
    Function<StateDict, Mlp> newProjector =
        owner ->
            new Mlp(
                owner,
                "projector",
                Mlp.Form.PLAIN,
                initializer,
                encoder.featureDim(),
                hidden,
                projection);
    projector = newProjector.apply(state);
    target =
        new MomentumEncoder(
            state,
            encoder,
            owner -> newProjector.apply(owner)::apply,
            baseTau,
            finalTau,
            context.ops());
    for (int i = 0; i < (symmetric ? 2 : 1); i++) {
      queues.add(
          new VectorQueue(state, "queue_" + i, queueSize, projection, initializer, context.ops()));
    }
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray loss(Batch batch) {
    NDArray first = batch.views().get(0);
    NDArray second = batch.views().get(1);
    NDArray loss = ask(first, second, queues.get(0));
    return symmetric ? Scalars.times(loss.add(ask(second, first, queues.get(1))), 0.5) : loss;
  }

  @Override
  public void afterStep(long step, long totalSteps) {
    queues.forEach(VectorQueue::store);
    target.update(step, totalSteps);
  }

  @Override
  public void close() {
    target.close();
    state.close();
  }

  private NDArray ask(NDArray asking, NDArray answering, VectorQueue queue) {
    NDArray projection =
        then(encoder.features(asking, true), features -> projector.apply(features, true));
    NDArray query = then(projection, Losses::unit);
    NDArray key = then(target.project(answering), Losses::unit);
    queue.keep(key);
    return objective.of(query, key, queue.vectors(query.getManager()));
  }

  /** The loss of queries (N, D) and keys (N, D) against a queue (K, D). */
  interface Objective {
    NDArray of(NDArray query, NDArray key, NDArray queue);
  }
}
