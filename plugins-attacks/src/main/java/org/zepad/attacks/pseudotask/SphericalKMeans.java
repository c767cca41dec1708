package org.zepad.attacks.pseudotask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * K-means of vectors of unit length by their inner products (Dhillon and Modha 2001), begun as
 * k-means++ (Arthur and Vassilvitskii 2007); a cluster that is left empty stays where it was.
 */
final class SphericalKMeans {
  private static final int ROUNDS = 25;

  private final float[] rows;
  private final int count;
  private final int length;
  private final float[] centres;

  private SphericalKMeans(NDArray rows, int clusters) {
    this.rows = rows.toFloatArray();
    this.count = (int) rows.getShape().get(0);
    this.length = (int) rows.getShape().get(1);
    this.centres = new float[clusters * length];
  }

  /**
   * Finds the centres.
   *
   * @param rows (N, D), of unit length, N at least the number of clusters
   * @return (clusters, D), of unit length, in the manager of the rows
   */
  static NDArray of(NDArray rows, int clusters, SplittableRandom random) {
    SphericalKMeans means = new SphericalKMeans(rows, clusters);
    means.begin(random);
    long[] assigned = new long[0];
    for (int round = 0; round < ROUNDS; round++) {
      long[] nearest = means.nearest(rows);
      if (Arrays.equals(nearest, assigned)) {
        break;
      }
      assigned = nearest;
      means.move(assigned);
    }
    return rows.getManager().create(means.centres, new Shape(clusters, means.length));
  }

  /** Draws each centre among the rows by its distance to those drawn before. */
  private void begin(SplittableRandom random) {
    double[] distances = new double[count];
    Arrays.fill(distances, 2);
    for (int from = 0; from < centres.length; from += length) {
      int row = drawn(distances, random);
      System.arraycopy(rows, row * length, centres, from, length);
      for (int i = 0; i < count; i++) {
        distances[i] = Math.min(distances[i], Math.max(0, 2 - 2 * product(i, from)));
      }
    }
  }

  private double product(int row, int centre) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += rows[row * length + i] * centres[centre + i];
    }
    return sum;
  }

  private static int drawn(double[] distances, SplittableRandom random) {
    double left = random.nextDouble() * Arrays.stream(distances).sum();
    for (int i = 0; i < distances.length; i++) {
      left -= distances[i];
      if (left < 0) {
        return i;
      }
    }
    // All rows are centres already, or rounding ate the rest.
    return random.nextInt(distances.length);
  }

  private long[] nearest(NDArray of) {
    try (NDManager scope = of.getManager().newSubManager()) {
      NDArray centre = scope.create(centres, new Shape(centres.length / length, length));
      NDArray products = centre.matMul(of.transpose());
      return products.argMax(0).toLongArray();
    }
  }

  private void move(long[] assigned) {
    double[] sums = new double[centres.length];
    for (int row = 0; row < count; row++) {
      int centre = (int) assigned[row] * length;
      for (int i = 0; i < length; i++) {
        sums[centre + i] += rows[row * length + i];
      }
    }
    for (int from = 0; from < centres.length; from += length) {
      double squares = 0;
      for (int i = from; i < from + length; i++) {
        squares += sums[i] * sums[i];
      }
      if (squares > 0) {
        for (int i = from; i < from + length; i++) {
          centres[i] = (float) (sums[i] / Math.sqrt(squares));
        }
      }
    }
  }
}
