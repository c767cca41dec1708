package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.zepad.api.tensor.Scalars;

/**
 * The topology-preservation loss: Gen-AF's genetic regulariser, by which fine-tuning keeps the
 * neighbourhoods that clean images have in logit space (Zhou et al., "Securely Fine-tuning
 * Pre-trained Encoders Against Adversarial Examples", IEEE S&amp;P 2024).
 *
 * <p>For logits A and B of the same n images, labels y and sample weights s, with e = 1e-7:
 *
 * <ol>
 *   <li>W_ij = tanh((s_i + s_j) / scale), and D_ij = -2 W_ij where y_i = y_j, else +2 W_ij;
 *   <li>cosine distances of the rows of A and of B, each row's smallest off-diagonal entry
 *       subtracted, the diagonal 0;
 *   <li>d = dist(A) and t = (1 - W) dist(B) + D, both clamped to [e, 2 - e];
 *   <li>Q = (2 - d) / 2 and P = (2 - t) / 2, each row divided by its sum;
 *   <li>loss = sum over all i, j of P ln((P + e) / (Q + e)) + (1 - P) ln((1 - P + e) / (1 - Q +
 *       e)).
 * </ol>
 *
 * <p>It is a sum, so it grows with the batch, and a small difference of large sums, so the n x n
 * part is worked in float64, which costs nothing beside a network. Everything is differentiated: A,
 * B and s. A row of zeros has no direction: it counts as orthogonal to every other row and its
 * gradient is finite, where the plain formula gives NaN.
 *
 * @param scale divides the sum of two weights before the hyperbolic tangent, positive
 */
public record TopologyLoss(double scale) {

  /** The scale of the published method, which was written for weights around 1. */
  public static final double PUBLISHED_SCALE = 32;

  private static final double EPSILON = 1e-7;

  /** Above every cosine distance, so that the diagonal is never a row's smallest entry. */
  private static final double BEYOND = 4;

  /** Refuses a scale that is not positive. */
  public TopologyLoss {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("the scale must be positive, got " + scale);
    }
  }

  /**
   * The loss of one batch. Not symmetric: the fine-tuning step passes clean logits first.
   *
   * @param first A, (n, K) floating point
   * @param second B, (n, K) floating point
   * @param labels y, (n) int64
   * @param weights s, (n) floating point; the step passes the cross-entropy of each clean image
   * @return a float64 scalar owned by the manager of {@code first}, finite for finite input,
   *     differentiable by first, second and weights
   */
  public NDArray of(NDArray first, NDArray second, NDArray labels, NDArray weights) {
    NDArray diagonal =
        first
            .getManager()
            .eye(Math.toIntExact(first.getShape().get(0)))
            .toType(DataType.FLOAT64, false);
    NDArray s = widen(weights);
    NDArray closeness = Scalars.over(s.expandDims(1).add(s.expandDims(0)), scale).tanh();
    NDArray same = labels.expandDims(1).eq(labels.expandDims(0)).toType(DataType.FLOAT64, false);
    NDArray pull = closeness.mul(Scalars.times(same, -4).add(2));

    NDArray d = distances(first, diagonal);
    NDArray t = distances(second, diagonal).mul(closeness.neg().add(1)).add(pull);
    return divergence(neighbours(t), neighbours(d));
  }

  /** Cosine distances with each row's smallest off-diagonal entry subtracted; zero diagonal. */
  private static NDArray distances(NDArray logits, NDArray diagonal) {
    NDArray rows = widen(logits);
    NDArray squares = rows.mul(rows).sum(new int[] {1}, true);
    // A zero row is divided by 1: the root's derivative at zero is infinite, and 0 / 1 is still 0.
    NDArray lengths = squares.add(squares.eq(0).toType(DataType.FLOAT64, false)).sqrt();
    NDArray unit = rows.div(lengths.add(EPSILON));
    NDArray distance = unit.matMul(unit.transpose()).neg().add(1);
    NDArray nearest = distance.add(Scalars.times(diagonal, BEYOND)).min(new int[] {1}, true);
    return distance.sub(nearest).mul(diagonal.neg().add(1));
  }

  /** To float64 with its history, which the engine's toType would cut. */
  private static NDArray widen(NDArray x) {
    return x.mul(x.getManager().ones(new Shape(1), DataType.FLOAT64));
  }

  /** The share of each neighbour in a row: rows sum to 1. */
  private static NDArray neighbours(NDArray distance) {
    NDArray near = Scalars.times(distance.clip(EPSILON, 2 - EPSILON), -0.5).add(1);
    return near.div(near.sum(new int[] {1}, true));
  }

  private static NDArray divergence(NDArray p, NDArray q) {
    NDArray notP = p.neg().add(1);
    NDArray notQ = q.neg().add(1);
    return relative(p, q).add(relative(notP, notQ)).sum();
  }

  private static NDArray relative(NDArray p, NDArray q) {
    return p.add(EPSILON).div(q.add(EPSILON)).log().mul(p);
  }
}
