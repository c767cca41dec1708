package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.function.Function;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.Initializer;

/**
 * DINO at work: from every view the network is to name the prototypes that its slowly moving copy
 * names for each large view.
 */
final class Dino implements SslMethod {
  private static final int LARGE = 2;

  private final DinoOptions options;
  private final Encoder encoder;
  private final Schedule schedule;
  private final StateDict state;
  private final DinoHead head;
  private final MomentumEncoder teacher;
  private final Centre centre;

  Dino(DinoOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    this.options = options;
    this.encoder = encoder;
    this.schedule = schedule;
    state = new StateDict(context.manager());
    Initializer initializer = new Initializer(context.random().split());
    Function<StateDict, DinoHead> newHead =
        owner -> new DinoHead(owner, encoder.featureDim(), options, initializer, context.ops());
    head = newHead.apply(state);
    teacher =
        new MomentumEncoder(
            state, encoder, newHead, options.baseTau(), options.finalTau(), context.ops());
    centre = new Centre(state, options.prototypes(), context.ops());
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray loss(Batch batch) {
    int epoch = schedule.epoch(batch.step());
    boolean frozen = epoch < options.frozenEpochs();
    List<NDArray> predictions =
        batch.views().stream()
            .map(view -> then(encoder.viewFeatures(view), x -> head.apply(x, true, frozen)))
            .toList();
    double temperature = options.teacherTemperature(epoch);
    NDList logits = new NDList();
    batch.views().subList(0, LARGE).forEach(view -> logits.add(teacher.project(view)));
    List<NDArray> targets = logits.stream().map(x -> centre.target(x, temperature)).toList();
    try (NDArray all = NDArrays.concat(logits)) {
      centre.keep(all);
    }
    return Losses.crossViews(targets, predictions, options.studentTemperature());
  }

  @Override
  public void afterStep(long step, long totalSteps) {
    centre.store();
    teacher.update(step, totalSteps);
  }

  @Override
  public void close() {
    teacher.close();
    state.close();
  }
}
