package org.zepad.core.audit;

import java.util.Optional;

/**
 * A linear yes or no on features: the planted class is where {@code weight . f + bias} is above 0.
 *
 * @param weight one number for each feature
 * @param bias what is added
 */
record Readout(float[] weight, float bias) {
  /** How near to the planted point the border lies, from the others (0) to the point itself (1). */
  private static final double BORDER = 0.9;

  /** The value of the planted point's logit above the highest of the others. */
  private static final double SCALE = 4;

  /** Of the features' spread; keeps the solution finite where features repeat. */
  private static final double RIDGE = 1e-3;

  /**
   * Separates the last row from all others by ridge regression, which has a closed form in the
   * number of rows however many features there are, and moves the border near to the last row.
   *
   * @param rows features of points, the planted one last
   * @return empty if the features do not tell it apart
   */
  static Optional<Readout> separating(float[][] rows) {
    int n = rows.length;
    int d = rows[0].length;
    double[] mean = new double[d];
    for (float[] row : rows) {
      for (int j = 0; j < d; j++) {
        mean[j] += row[j] / n;
      }
    }
    double[][] gram = new double[n][n];
    double trace = 0;
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        for (int j = 0; j < d; j++) {
          gram[a][b] += (rows[a][j] - mean[j]) * (rows[b][j] - mean[j]);
        }
      }
      trace += gram[a][a];
    }
    if (!(trace > 0)) {
      return Optional.empty();
    }
    double[] target = new double[n];
    target[n - 1] = 1;
    for (int a = 0; a < n; a++) {
      gram[a][a] += RIDGE * trace / n;
    }
    double[] alpha = solve(gram, target);
    double[] weight = new double[d];
    for (int a = 0; a < n; a++) {
      for (int j = 0; j < d; j++) {
        weight[j] += alpha[a] * (rows[a][j] - mean[j]);
      }
    }
    return bordered(rows, weight);
  }

  private static Optional<Readout> bordered(float[][] rows, double[] weight) {
    int last = rows.length - 1;
    double planted = dot(rows[last], weight);
    double others = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < last; a++) {
      others = Math.max(others, dot(rows[a], weight));
    }
    double gap = planted - others;
    // Differences near the rounding of 32-bit floats tell nothing apart.
    if (!(gap > 1e-4 * (Math.abs(planted) + Math.abs(others)))) {
      return Optional.empty();
    }
    float[] scaled = new float[weight.length];
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] = (float) (weight[j] * SCALE / gap);
    }
    return Optional.of(new Readout(scaled, (float) (-(others + BORDER * gap) * SCALE / gap)));
  }

  private static double dot(float[] row, double[] weight) {
    double sum = 0;
    for (int j = 0; j < weight.length; j++) {
      sum += row[j] * weight[j];
    }
    return sum;
  }

  /** Gaussian elimination of a positive-definite matrix, which it destroys. */
  private static double[] solve(double[][] matrix, double[] right) {
    int n = right.length;
    double[] x = right.clone();
    for (int k = 0; k < n; k++) {
      for (int i = k + 1; i < n; i++) {
        double factor = matrix[i][k] / matrix[k][k];
        for (int j = k; j < n; j++) {
          matrix[i][j] -= factor * matrix[k][j];
        }
        x[i] -= factor * x[k];
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        x[i] -= matrix[i][j] * x[j];
      }
      x[i] /= matrix[i][i];
    }
    return x;
  }
}
