package org.zepad.attacks.pseudotask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.tensor.Scalars;
import org.zepad.attacks.universal.Scene;

/**
 * A classifier that needs no labels: its classes are clusters of the victim's clean features of
 * surrogate images, found by spherical k-means; the logits are the cosine similarities of an
 * image's features to the centroids, times a factor. The label of a surrogate image is the class
 * that this classifier gives it when it is clean.
 */
final class PseudoTask {
  /** Images that are clustered, at most; the labels of all are then those of the nearest. */
  private static final int CLUSTERED = 4096;

  /** Images that are encoded at once. */
  private static final int BATCH = 64;

  /** Rows of zeros stay zeros. */
  private static final double TINY = 1e-12;

  private final UnaryOperator<NDArray> features;
  private final NDArray columns;
  private final double scale;
  private final int[] labels;

  private PseudoTask(
      UnaryOperator<NDArray> features, NDArray columns, double scale, ImageBatches surrogate) {
    this.features = features;
    this.columns = columns;
    this.scale = scale;
    this.labels = new int[surrogate.size()];
    // In the fixed order: a crafting that is continued sees the same numbers to the last bit.
    surrogate.forEach(BATCH, OptionalLong.empty(), this::remember);
  }

  /**
   * Clusters the surrogate images.
   *
   * @param clusters the number of classes
   * @param scale the factor
   * @throws ZepadException of kind USAGE if there are fewer images than clusters
   */
  static PseudoTask of(int clusters, double scale, Scene scene) {
    int images = scene.surrogate().size();
    if (images < clusters) {
      throw ZepadException.usage(
          scene.attack()
              + ": clusters is "
              + clusters
              + ", but there are only "
              + images
              + " surrogate images. Set clusters to at most "
              + images
              + ", or give more images.");
    }
    UnaryOperator<NDArray> features = scene.victim().evaluator(scene.scope());
    try (NDManager scope = scene.scope().newSubManager()) {
      NDArray rows = sample(scene, features, scope);
      NDArray columns = SphericalKMeans.of(rows, clusters, scene.random()).transpose().duplicate();
      columns.attach(scene.scope());
      return new PseudoTask(features, columns, scale, scene.surrogate());
    }
  }

  /** Features of images drawn from all, (M, D), of unit length. */
  private static NDArray sample(Scene scene, UnaryOperator<NDArray> features, NDManager scope) {
    int dim = scene.victim().featureDim();
    FloatBuffer rows = FloatBuffer.allocate(Math.min(CLUSTERED, scene.surrogate().size()) * dim);
    scene
        .surrogate()
        .forEach(
            BATCH,
            OptionalLong.of(scene.random().nextLong()),
            batch -> {
              if (rows.hasRemaining()) {
                float[] encoded = encode(batch.images(), features);
                rows.put(encoded, 0, Math.min(encoded.length, rows.remaining()));
              }
            });
    return scope.create(rows.array(), new Shape(rows.capacity() / dim, dim));
  }

  private static float[] encode(NDArray images, UnaryOperator<NDArray> features) {
    try (NDManager scope = images.getManager().newSubManager()) {
      NDArray x = images.stopGradient();
      x.attach(scope);
      return directions(features.apply(x)).toFloatArray();
    }
  }

  private static NDArray directions(NDArray features) {
    return features.normalize(2, 1, TINY);
  }

  private void remember(ImageBatches.Batch batch) {
    try (NDManager scope = batch.images().getManager().newSubManager()) {
      NDArray images = batch.images().stopGradient();
      images.attach(scope);
      long[] nearest = logits(images).argMax(1).toLongArray();
      for (int i = 0; i < nearest.length; i++) {
        labels[batch.indices()[i]] = (int) nearest[i];
      }
    }
  }

  /**
   * The logits of images, differentiable.
   *
   * @param images (N, 3, S, S)
   * @return (N, clusters), in the manager of the images
   */
  NDArray logits(NDArray images) {
    return Scalars.times(directions(features.apply(images)).matMul(columns), scale);
  }

  /** The classes of surrogate images, by their indices in the set. */
  long[] labels(int[] indices) {
    long[] found = new long[indices.length];
    for (int i = 0; i < indices.length; i++) {
      found[i] = labels[indices[i]];
    }
    return found;
  }
}
