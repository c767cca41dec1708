package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.Mlp;
import org.zepad.encoders.layers.VectorQueue;

/**
 * SwAV at work: the large views are shared out among the prototypes, and every view predicts the
 * shares of the others.
 */
final class Swav implements SslMethod {
  private static final int LARGE = 2;

  private final SwavOptions options;
  private final Encoder encoder;
  private final Schedule schedule;
  private final TensorOps ops;
  private final StateDict state;
  private final Mlp projector;
  private final Prototypes prototypes;
  private final Sinkhorn sinkhorn;
  private final List<VectorQueue> queues = new ArrayList<>();

  Swav(SwavOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    this.options = options;
    this.encoder = encoder;
    this.schedule = schedule;
    ops = context.ops();
    state = new StateDict(context.manager());
    Initializer initializer = new Initializer(context.random().split());
    int length = options.projectorOutput();
    projector =
        new Mlp(
            state,
            "projector",
            Mlp.Form.NORMALISED,
            initializer,
            encoder.featureDim(),
            options.projectorHidden(),
            length);
    prototypes =
        new Prototypes(state, "prototypes", length, options.prototypes(), initializer, ops);
    sinkhorn = new Sinkhorn(options.sinkhornEpsilon(), options.sinkhornIterations());
    for (int i = 0; i < LARGE && options.queueSize() > 0; i++) {
      queues.add(
          new VectorQueue(state, "queue_" + i, options.queueSize(), length, initializer, ops));
    }
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray loss(Batch batch) {
    int epoch = schedule.epoch(batch.step());
    List<NDArray> predictions = new ArrayList<>();
    List<NDArray> shares = new ArrayList<>();
    for (int view = 0; view < batch.views().size(); view++) {
      try (NDArray projection = project(batch.views().get(view))) {
        NDArray cosines = prototypes.compare(projection, epoch < options.frozenEpochs());
        predictions.add(cosines);
        if (view < LARGE) {
          shares.add(share(cosines, view, epoch));
          keep(projection, view);
        }
      }
    }
    return Losses.crossViews(shares, predictions, options.temperature());
  }

  @Override
  public void afterStep(long step, long totalSteps) {
    queues.forEach(VectorQueue::store);
  }

  private NDArray project(NDArray view) {
    NDArray projection =
        then(encoder.viewFeatures(view), features -> projector.apply(features, true));
    return then(projection, Losses::unit);
  }

  private NDArray share(NDArray cosines, int view, int epoch) {
    if (queues.isEmpty() || epoch < options.queueStart()) {
      return sinkhorn.assign(cosines, ops);
    }
    NDArray earlier = queues.get(view).vectors(cosines.getManager());
    try (NDArray own = ops.detach(cosines);
        NDArray others = then(earlier, rows -> prototypes.compare(rows, true));
        NDArray all = NDArrays.concat(new NDList(own, others));
        NDArray shares = sinkhorn.assign(all, ops)) {
      return shares.get("0:" + cosines.getShape().get(0));
    }
  }

  private void keep(NDArray projection, int view) {
    if (!queues.isEmpty()) {
      queues.get(view).keep(projection);
    }
  }
}
