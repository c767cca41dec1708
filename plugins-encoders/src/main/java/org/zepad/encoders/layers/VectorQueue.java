package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;

/**
 * The last vectors that were put in, the oldest overwritten first (He et al. 2020, "Momentum
 * Contrast", section 3.2). It begins with random vectors of unit length.
 *
 * <p>What a step puts in may be read by the next one only, for the recorded graph of this step
 * still needs the old vectors: {@link #keep} sets aside, {@link #store} puts in. Not thread-safe.
 */
public final class VectorQueue {
  private final NDArray vectors;
  private final NDArray position;
  private final TensorOps ops;
  private @Nullable NDArray kept;

  /**
   * Adds the buffers {@code <name>}, (size, length), and {@code <name>_ptr}, () int64.
   *
   * @param size how many vectors it holds
   * @param length of a vector
   */
  public VectorQueue(
      StateDict state, String name, int size, int length, Initializer initializer, TensorOps ops) {
    this.ops = ops;
    NDManager manager = state.manager();
    try (NDArray drawn = initializer.normal(manager, 1, size, length)) {
      vectors = state.buffer(name, drawn.normalize(2, 1, 1e-12));
    }
    position = state.buffer(name + "_ptr", manager.zeros(new Shape(), DataType.INT64));
  }

  /** The vectors, (size, length), constants, owned by the scope; {@link #store} changes them. */
  public NDArray vectors(NDManager scope) {
    NDArray view = ops.detach(vectors);
    view.attach(scope);
    return view;
  }

  /**
   * Sets rows (N, length) aside; their history is left behind.
   *
   * @throws ZepadException of kind USAGE if N is more than the size
   */
  public void keep(NDArray rows) {
    if (rows.getShape().get(0) > vectors.getShape().get(0)) {
      throw ZepadException.usage(
          "a queue of "
              + vectors.getShape().get(0)
              + " vectors cannot take the "
              + rows.getShape().get(0)
              + " of a batch; make queue-size at least the batch size");
    }
    if (kept != null) {
      kept.close();
    }
    try (NDArray values = ops.detach(rows)) {
      kept = values.duplicate();
      kept.attach(vectors.getManager());
    }
  }

  /** Puts in what was set aside, if anything. */
  public void store() {
    if (kept == null) {
      return;
    }
    try (NDArray rows = kept) {
      long size = vectors.getShape().get(0);
      long from = position.getLong();
      long count = rows.getShape().get(0);
      long first = Math.min(count, size - from);
      put(from, rows, 0, first);
      put(0, rows, first, count);
      position.set(new long[] {(from + count) % size});
    }
    kept = null;
  }

  private void put(long at, NDArray rows, long from, long to) {
    if (to > from) {
      try (NDArray part = rows.get(new NDIndex(from + ":" + to))) {
        vectors.set(new NDIndex(at + ":" + (at + to - from)), part);
      }
    }
  }
}
