package org.zepad.core.fusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.Scalars;

/** What the fusion rules share: how sure a branch is, and the weighted sum of logits. */
final class BranchConfidence {
  /** Below it the sum of a row is zero within rounding. */
  private static final double EMPTY = 1e-6;

  private BranchConfidence() {}

  /**
   * The confidence m exp(k (m - 1/2)) of each branch, where m is its largest softmax probability
   * (ZePAD, Robust Federal Decision). With k = 3 it runs from about 0 to e^1.5 = 4.48.
   *
   * <p>The maximum is picked by position, so that its gradient goes to one class alone, the first
   * of those that tie.
   *
   * @param logits (B, N, C)
   * @return (N, B)
   */
  static NDArray of(NDArray logits, double k) {
    NDArray first = logits.argMax(2).expandDims(2);
    NDArray m = logits.softmax(2).gather(first, 2).squeeze(2);
    return m.mul(Scalars.times(m.sub(0.5), k).exp()).transpose();
  }

  /** What {@link #of} computes. */
  static Value describe(Graph graph, Value logits, double k) {
    Value m = graph.greatest(graph.softmax(logits, 2), false, 2);
    Value steep = graph.mul(graph.sub(m, graph.number(0.5)), graph.number(k));
    return graph.transpose(graph.mul(m, graph.exp(steep)), 1, 0);
  }

  /** Divides each row of (N, B) by its sum, which must be positive. */
  static NDArray normalise(NDArray rows) {
    return rows.div(rows.sum(new int[] {1}, true));
  }

  /** What {@link #normalise} computes. */
  static Value describeNormalise(Graph graph, Value rows) {
    return graph.div(rows, graph.sum(rows, true, 1));
  }

  /**
   * Divides each row of (N, B) by its sum; a row that is zero within float32 rounding becomes equal
   * shares.
   */
  static NDArray normaliseOrEqual(NDArray rows) {
    NDArray sum = rows.sum(new int[] {1}, true);
    NDArray empty = sum.lt(EMPTY).toType(rows.getDataType(), false);
    // Adding one to every entry of an empty row turns 0/0 into 1/B and keeps its gradient finite.
    NDArray filled = rows.add(empty);
    return filled.div(filled.sum(new int[] {1}, true));
  }

  /** What {@link #normaliseOrEqual} computes. */
  static Value describeNormaliseOrEqual(Graph graph, Value rows) {
    Value empty = graph.less(graph.sum(rows, true, 1), graph.number(EMPTY));
    return describeNormalise(graph, graph.add(rows, empty));
  }

  /** Equal shares (N, B). */
  static NDArray equalShares(NDArray confidences) {
    return confidences.onesLike().div(confidences.getShape().get(1));
  }

  /**
   * Sums the logits of the branches by weight.
   *
   * @param logits (B, N, C)
   * @param confidences (N, B)
   * @param weights (N, B)
   */
  static Fusion.Fused fuse(NDArray logits, NDArray confidences, NDArray weights) {
    NDArray fused = logits.mul(weights.transpose().expandDims(2)).sum(new int[] {0});
    // Handed over explicitly: the manager of a result is that of whichever operand came first.
    new NDList(fused, confidences, weights).attach(logits.getManager());
    return new Fusion.Fused(fused, confidences, weights);
  }

  /** What {@link #fuse} computes. */
  static Fusion.Described describeFuse(
      Graph graph, Value logits, Value confidences, Value weights) {
    Value shares = graph.reshape(graph.transpose(weights, 1, 0), 0, 0, 1);
    Value fused = graph.sum(graph.mul(logits, shares), false, 0);
    return new Fusion.Described(fused, confidences, weights);
  }
}
