package org.zepad.encoders.ssl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.zepad.api.ZepadException;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.TensorOps;

/**
 * Whitening of features by the Cholesky factor of their covariance, and the loss between whitened
 * views (W-MSE, Ermolov et al. 2021, sections 3 and 3.1).
 *
 * @param size rows that are whitened together, more than they have columns
 * @param epsilon share of the identity mixed into the covariance, in [0, 1)
 * @param detachSecond whether the second view is a constant in the gradient, as in solo-learn; the
 *     published method differentiates through both
 * @param ops factorisation and substitution
 */
record Whitening(int size, double epsilon, boolean detachSecond, TensorOps ops) {

  /**
   * Whitens rows: their mean becomes 0 and their covariance (divisor m - 1) the identity.
   *
   * @param x (m, d) with m > d, unless epsilon is positive
   * @return (m, d), owned by the manager of {@code x}, differentiable
   * @throws ZepadException of kind INPUT if the covariance is singular
   */
  NDArray whiten(NDArray x) {
    long rows = x.getShape().get(0);
    long columns = x.getShape().get(1);
    NDArray centred = x.sub(x.mean(new int[] {0}, true));
    NDArray transposed = centred.transpose();
    NDArray covariance = Scalars.over(transposed.matMul(centred), (double) (rows - 1));
    if (epsilon > 0) {
      NDArray identity = x.getManager().eye((int) columns);
      covariance = Scalars.times(covariance, 1 - epsilon).add(Scalars.times(identity, epsilon));
    }
    return ops.solveLower(factor(covariance, rows, columns), transposed).transpose();
  }

  /**
   * The mean over several random partitions of the cosine distance between two views, each whitened
   * slice by slice.
   *
   * @param first (N, d), N a multiple of the size
   * @param second (N, d), the other view of the same images
   * @param permutations each an order of the N rows, cut into slices
   */
  NDArray loss(NDArray first, NDArray second, long[]... permutations) {
    NDManager manager = first.getManager();
    NDArray constant = detachSecond ? ops.detach(second) : second;
    NDArray sum = manager.create(0f);
    int slices = 0;
    for (long[] permutation : permutations) {
      for (int from = 0; from < permutation.length; from += size) {
        long[] rows = new long[size];
        System.arraycopy(permutation, from, rows, 0, size);
        NDArray index = manager.create(rows);
        sum = sum.add(Losses.cosineDistance(whiten(first.get(index)), whiten(constant.get(index))));
        slices++;
      }
    }
    return Scalars.over(sum, slices);
  }

  /** A random order of 0 to n - 1. */
  static long[] permutation(int n, SplittableRandom random) {
    long[] order = new long[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private NDArray factor(NDArray covariance, long rows, long columns) {
    try {
      return ops.cholesky(covariance);
    } catch (EngineException e) {
      throw ZepadException.input(
          "the covariance of "
              + rows
              + " projections of length "
              + columns
              + " is singular: the projections have collapsed or are not finite. Lower the learning"
              + " rate, raise whitening-epsilon, or use a shorter projection.",
          e);
    }
  }
}
