package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.Mlp;

/**
 * DeepCluster v2 at work: after each epoch the projections of that epoch are clustered, and in the
 * next one every view tells its image's cluster from the centres of the others. The first epoch has
 * no clusters yet: its loss is 0, and it only collects projections, as the authors' code does in a
 * pass before training.
 */
final class DeepClusterV2 implements SslMethod {
  private static final int VIEWS = 2;

  private final DeepClusterV2Options options;
  private final Encoder encoder;
  private final Schedule schedule;
  private final TensorOps ops;
  private final StateDict state;
  private final Mlp projector;
  private final ProjectionMemory memory;
  private final List<NDArray> centres = new ArrayList<>();

  /** (clusterings, images) int64, the cluster of each image in each clustering; -1 for none. */
  private final NDArray assignments;

  private long seed;

  /**
   * Makes projector, memory and centres.
   *
   * @throws ZepadException of kind USAGE if there are fewer images than clusters
   */
  DeepClusterV2(
      DeepClusterV2Options options, Encoder encoder, Schedule schedule, RunContext context) {
    this.options = options;
    this.encoder = encoder;
    this.schedule = schedule;
    ops = context.ops();
    state = new StateDict(context.manager());
    int length = options.projectorOutput();
    Initializer initializer = new Initializer(context.random().split());
    projector =
        new Mlp(
            state,
            "projector",
            Mlp.Form.NORMALISED,
            initializer,
            encoder.featureDim(),
            options.projectorHidden(),
            length);
    memory = new ProjectionMemory(state, VIEWS, schedule, length, initializer, ops);
    for (int c = 0; c < options.clusters().size(); c++) {
      int count = options.clusters().get(c);
      if (count > memory.size()) {
        throw ZepadException.usage(
            "deepcluster-v2: "
                + count
                + " clusters of the "
                + memory.size()
                + " images of an epoch cannot be made; let clusters name smaller numbers");
      }
      try (NDArray drawn = initializer.normal(state.manager(), 1, count, length)) {
        centres.add(state.buffer("prototypes." + c + ".weight", Losses.unit(drawn)));
      }
    }
    long[] none = new long[options.clusters().size() * schedule.images()];
    Arrays.fill(none, -1);
    assignments =
        state.buffer(
            "assignments",
            state.manager().create(none, new Shape(options.clusters().size(), schedule.images())));
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray loss(Batch batch) {
    seed = batch.seed();
    NDList views = new NDList(batch.views().stream().map(this::project).toList());
    memory.keep(batch.images(), views);
    try (NDArray projections = NDArrays.concat(views)) {
      views.close();
      if (schedule.epoch(batch.step()) == 0) {
        return Scalars.times(projections.sum(), 0);
      }
      NDList losses = new NDList();
      for (int c = 0; c < centres.size(); c++) {
        losses.add(tell(projections, batch.images(), c));
      }
      return NDArrays.stack(losses).mean();
    }
  }

  @Override
  public void afterStep(long step, long totalSteps) {
    memory.store(step);
    if ((step + 1) % schedule.stepsPerEpoch() == 0) {
      cluster(new SplittableRandom(seed));
    }
  }

  private NDArray project(NDArray view) {
    NDArray projection =
        then(encoder.features(view, true), features -> projector.apply(features, true));
    return then(projection, Losses::unit);
  }

  private NDArray tell(NDArray projections, NDArray images, int clustering) {
    try (NDArray columns = centres.get(clustering).transpose();
        NDArray assigned = assigned(images, clustering)) {
      return then(
          projections.matMul(columns),
          logits -> Losses.clusters(logits, assigned, options.temperature()));
    }
  }

  /** The clusters of images, for each view again; owned by the manager of the images. */
  private NDArray assigned(NDArray images, int clustering) {
    try (NDArray row = assignments.get(clustering);
        NDArray once = row.get(new NDIndex("{}", images))) {
      once.attach(images.getManager());
      return NDArrays.concat(new NDList(once, once));
    }
  }

  /** Clusters the memory of one view after the other, as often as there are clusterings. */
  private void cluster(SplittableRandom random) {
    long[] images = memory.imageNumbers();
    long[] all = new long[centres.size() * schedule.images()];
    Arrays.fill(all, -1);
    for (int c = 0; c < centres.size(); c++) {
      SphericalKMeans kMeans =
          new SphericalKMeans(options.clusters().get(c), options.clusteringIterations());
      try (NDManager scope = state.manager().newSubManager()) {
        SphericalKMeans.Clustering found = kMeans.of(memory.projections(c % VIEWS, scope), random);
        found.centres().copyTo(centres.get(c));
        for (int i = 0; i < images.length; i++) {
          all[c * schedule.images() + (int) images[i]] = found.assigned()[i];
        }
      }
    }
    assignments.set(all);
  }
}
