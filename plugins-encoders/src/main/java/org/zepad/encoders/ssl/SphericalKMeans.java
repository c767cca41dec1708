package org.zepad.encoders.ssl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/**
 * K-means of vectors of unit length by their inner products (Dhillon and Modha 2001), as solo-learn
 * runs it: begun at rows drawn without repetition; a cluster that is left empty stays where it was.
 *
 * @param clusters how many
 * @param iterations rounds
 */
record SphericalKMeans(int clusters, int iterations) {
  /** Bounds the memory of the inner products: so many rows at a time. */
  private static final int ROWS = 4096;

  /**
   * Clusters rows.
   *
   * @param rows (M, P), of unit length, M at least the number of clusters
   * @return the centres and the cluster of each row; owned by the manager of the rows
   */
  Clustering of(NDArray rows, SplittableRandom random) {
    try (NDManager scope = rows.getManager().newSubManager()) {
      int count = (int) rows.getShape().get(0);
      int length = (int) rows.getShape().get(1);
      float[] values = rows.toFloatArray();
      float[] centres = new float[clusters * length];
      long[] drawn = Whitening.permutation(count, random);
      for (int c = 0; c < clusters; c++) {
        System.arraycopy(values, (int) drawn[c] * length, centres, c * length, length);
      }
      long[] assigned = assign(rows, centres, scope);
      for (int i = 0; i < iterations; i++) {
        move(centres, values, assigned, length);
        assigned = assign(rows, centres, scope);
      }
      return new Clustering(
          rows.getManager().create(centres, new Shape(clusters, length)), assigned);
    }
  }

  private long[] assign(NDArray rows, float[] centres, NDManager parent) {
    long count = rows.getShape().get(0);
    long[] assigned = new long[(int) count];
    try (NDManager scope = parent.newSubManager()) {
      NDArray columns =
          scope.create(centres, new Shape(clusters, rows.getShape().get(1))).transpose();
      for (long from = 0; from < count; from += ROWS) {
        long to = Math.min(count, from + ROWS);
        try (NDArray part = rows.get(new NDIndex(from + ":" + to));
            NDArray products = part.matMul(columns);
            NDArray nearest = products.argMax(1)) {
          System.arraycopy(nearest.toLongArray(), 0, assigned, (int) from, (int) (to - from));
        }
      }
    }
    return assigned;
  }

  private void move(float[] centres, float[] values, long[] assigned, int length) {
    double[] sums = new double[centres.length];
    for (int row = 0; row < assigned.length; row++) {
      int centre = (int) assigned[row] * length;
      for (int i = 0; i < length; i++) {
        sums[centre + i] += values[row * length + i];
      }
    }
    for (int c = 0; c < clusters; c++) {
      double squares = 0;
      for (int i = c * length; i < (c + 1) * length; i++) {
        squares += sums[i] * sums[i];
      }
      if (squares > 0) {
        for (int i = c * length; i < (c + 1) * length; i++) {
          centres[i] = (float) (sums[i] / Math.sqrt(squares));
        }
      }
    }
  }

  /**
   * What was found.
   *
   * @param centres (clusters, P), of unit length
   * @param assigned the cluster of each row
   */
  record Clustering(NDArray centres, long[] assigned) {}
}
