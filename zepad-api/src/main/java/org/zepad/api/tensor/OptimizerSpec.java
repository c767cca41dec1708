package org.zepad.api.tensor;

/** Which optimizer, with its constants. The learning rate comes with each step. */
public sealed interface OptimizerSpec {

  /** The same with another L2 coefficient. */
  OptimizerSpec withWeightDecay(double weightDecay);

  /**
   * Adam (Kingma and Ba 2015), weight decay added to the gradient (L2), as torch.optim.Adam.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the root of the bias-corrected second moment
   * @param weightDecay L2 coefficient
   */
  record Adam(double beta1, double beta2, double epsilon, double weightDecay)
      implements OptimizerSpec {
    /** The usual constants (0.9, 0.999, 1e-8) with a weight decay. */
    public static Adam of(double weightDecay) {
      return new Adam(0.9, 0.999, 1e-8, weightDecay);
    }

    @Override
    public Adam withWeightDecay(double other) {
      return new Adam(beta1, beta2, epsilon, other);
    }
  }

  /**
   * Stochastic gradient descent with momentum as torch.optim.SGD.
   *
   * @param momentum 0 for none
   * @param nesterov Nesterov's form
   * @param weightDecay L2 coefficient
   */
  record Sgd(double momentum, boolean nesterov, double weightDecay) implements OptimizerSpec {
    @Override
    public Sgd withWeightDecay(double other) {
      return new Sgd(momentum, nesterov, other);
    }
  }

  /**
   * LARS (You, Gitman and Ginsburg 2017) over SGD with momentum, as solo-learn runs it: the local
   * rate eta |w| / (|g| + weightDecay |w|), clipped to 1 against the learning rate where {@code
   * clip}; vectors (biases, batch-norm scales) are neither adapted nor decayed where {@code
   * excludeVectors}.
   */
  record Lars(double momentum, double weightDecay, double eta, boolean clip, boolean excludeVectors)
      implements OptimizerSpec {
    /** Solo-learn's constants (momentum 0.9, eta 0.02, clipped, vectors excluded). */
    public static Lars of(double weightDecay) {
      return new Lars(0.9, weightDecay, 0.02, true, true);
    }

    @Override
    public Lars withWeightDecay(double other) {
      return new Lars(momentum, other, eta, clip, excludeVectors);
    }
  }
}
