package org.zepad.encoders.ssl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.VectorQueue;

/** The projections of the last epoch, of each view, and the images that they belong to. */
final class ProjectionMemory {
  private final List<VectorQueue> views = new ArrayList<>();
  private final NDArray images;
  private final Schedule schedule;
  private long @Nullable [] kept;

  /** Adds the buffers {@code memory_<view>*} and {@code memory_images}. */
  ProjectionMemory(
      StateDict state,
      int viewCount,
      Schedule schedule,
      int length,
      Initializer initializer,
      TensorOps ops) {
    this.schedule = schedule;
    for (int view = 0; view < viewCount; view++) {
      views.add(new VectorQueue(state, "memory_" + view, size(), length, initializer, ops));
    }
    images =
        state.buffer("memory_images", state.manager().zeros(new Shape(size()), DataType.INT64));
  }

  /** How many images an epoch shows, those that fill no batch left out. */
  int size() {
    return schedule.stepsPerEpoch() * schedule.batchSize();
  }

  /** Sets a batch aside for {@link #store}: (N) int64 images, and of each view (N, length). */
  void keep(NDArray batch, NDList projections) {
    kept = batch.toLongArray();
    for (int view = 0; view < views.size(); view++) {
      views.get(view).keep(projections.get(view));
    }
  }

  /** Puts in what was set aside, in the place of the step in its epoch. */
  void store(long step) {
    long[] batch = kept;
    if (batch == null) {
      return;
    }
    long from = step % schedule.stepsPerEpoch() * schedule.batchSize();
    try (NDArray values = images.getManager().create(batch)) {
      images.set(new NDIndex(from + ":" + (from + batch.length)), values);
    }
    views.forEach(VectorQueue::store);
    kept = null;
  }

  /** Which image each projection belongs to. */
  long[] imageNumbers() {
    return images.toLongArray();
  }

  /** The projections of a view, (size, length), constants, owned by the scope. */
  NDArray projections(int view, NDManager scope) {
    return views.get(view).vectors(scope);
  }
}
