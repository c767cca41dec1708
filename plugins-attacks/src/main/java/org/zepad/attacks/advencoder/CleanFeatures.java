package org.zepad.attacks.advencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.zepad.api.dataset.ImageBatches;

/**
 * The victim's features of clean surrogate images. They do not change while the generator learns,
 * so as many as the memory allows are computed once, in the fixed order and before the first epoch:
 * a training that is continued then sees the same numbers to the last bit.
 */
final class CleanFeatures {
  private final UnaryOperator<NDArray> victim;
  private final int dim;
  private final int cached;
  private final float[] table;

  /**
   * Encodes what fits.
   *
   * @param victim images to features, in evaluation mode
   * @param dim how many numbers a feature has
   * @param batchSize images encoded at once
   * @param bytes how much memory may be used
   */
  CleanFeatures(
      UnaryOperator<NDArray> victim, int dim, ImageBatches surrogate, int batchSize, long bytes) {
    this.victim = victim;
    this.dim = dim;
    this.cached = (int) Math.min(surrogate.size(), bytes / (4L * dim));
    this.table = new float[cached * dim];
    if (cached > 0) {
      surrogate.forEach(batchSize, OptionalLong.empty(), this::remember);
    }
  }

  /** The features of a batch, (B, D), in the manager of its images. */
  NDArray of(ImageBatches.Batch batch) {
    NDManager owner = batch.images().getManager();
    int[] indices = batch.indices();
    float[] rows = new float[indices.length * dim];
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < cached) {
        System.arraycopy(table, indices[i] * dim, rows, i * dim, dim);
      }
    }
    int[] missing = positions(indices, false);
    float[] computed = encode(batch.images(), missing);
    for (int i = 0; i < missing.length; i++) {
      System.arraycopy(computed, i * dim, rows, missing[i] * dim, dim);
    }
    return owner.create(rows, new Shape(indices.length, dim));
  }

  private void remember(ImageBatches.Batch batch) {
    int[] wanted = positions(batch.indices(), true);
    float[] computed = encode(batch.images(), wanted);
    for (int i = 0; i < wanted.length; i++) {
      System.arraycopy(computed, i * dim, table, batch.indices()[wanted[i]] * dim, dim);
    }
  }

  private int[] positions(int[] indices, boolean inTable) {
    return IntStream.range(0, indices.length).filter(i -> indices[i] < cached == inTable).toArray();
  }

  private float[] encode(NDArray images, int[] positions) {
    if (positions.length == 0) {
      return new float[0];
    }
    try (NDManager scope = images.getManager().newSubManager()) {
      NDArray chosen;
      if (positions.length == images.getShape().get(0)) {
        chosen = images.stopGradient();
      } else {
        long[] rows = IntStream.of(positions).asLongStream().toArray();
        chosen = images.get(new NDIndex("{}", scope.create(rows)));
      }
      chosen.attach(scope);
      return victim.apply(chosen).toFloatArray();
    }
  }
}
