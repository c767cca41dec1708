package org.zepad.core.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Locale;
import org.zepad.api.tensor.TensorOps;

/**
 * Whether features still tell images apart. Self-supervised training can collapse: all images get
 * the same feature vector, or vectors that differ in very few directions, while the loss looks
 * fine.
 *
 * @param std standard deviation over the images of each component of the unit feature vectors, mean
 *     over the components (Chen and He 2021, section 4.1): about 1/sqrt(D) when healthy, 0 when
 *     collapsed
 * @param effectiveRank exp of the entropy of the normalised singular values of the centred unit
 *     features (Roy and Vetterli 2007): in how many directions they vary, from 1 to D; 0 if they do
 *     not vary at all
 * @param dimension the length D of a feature vector
 */
public record FeatureHealth(double std, double effectiveRank, int dimension) {
  /** Below this share of 1/sqrt(D) features are called collapsed. */
  private static final double LEAST_STD = 0.02;

  private static final double LEAST_RANK = 2;

  /**
   * Measures features.
   *
   * @param features (N, D) float32; not changed
   */
  public static FeatureHealth of(NDArray features, TensorOps ops) {
    long count = features.getShape().get(0);
    int dimension = (int) features.getShape().get(1);
    try (NDManager scope = features.getManager().newSubManager()) {
      NDArray view = features.stopGradient();
      view.attach(scope);
      // Twice the precision: rounding errors of single precision look like small singular values.
      NDArray unit = view.toType(DataType.FLOAT64, true).normalize(2, 1, 1e-12);
      NDArray centred = unit.sub(unit.mean(new int[] {0}, true));
      NDArray covariance = centred.transpose().matMul(centred).div(count);
      double[] variances = ops.eigenvalues(covariance).toDoubleArray();
      double std = centred.square().mean(new int[] {0}).sqrt().mean().toDoubleArray()[0];
      return new FeatureHealth(std, effectiveRank(variances), dimension);
    }
  }

  /** Whether the features have become useless. */
  public boolean collapsed() {
    return std * Math.sqrt(dimension) < LEAST_STD || effectiveRank < LEAST_RANK;
  }

  /** What the figures mean, in one sentence. */
  public String explanation() {
    return String.format(
        Locale.ROOT,
        "the standard deviation of the unit features is %.2g (about %.2g when healthy) and they vary"
            + " in about %.1f of %d directions",
        std,
        1 / Math.sqrt(dimension),
        effectiveRank,
        dimension);
  }

  private static double effectiveRank(double[] variances) {
    double sum = 0;
    for (double variance : variances) {
      sum += Math.sqrt(Math.max(0, variance));
    }
    if (sum == 0) {
      return 0;
    }
    double entropy = 0;
    for (double variance : variances) {
      double share = Math.sqrt(Math.max(0, variance)) / sum;
      entropy -= share == 0 ? 0 : share * Math.log(share);
    }
    return Math.exp(entropy);
  }
}
