package org.zepad.api.fusion;

import ai.djl.ndarray.NDArray;
import org.zepad.api.ZepadException;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;

/** Combines the logits of branches. Stateless, thread-safe and differentiable. */
@FunctionalInterface
public interface Fusion {

  /**
   * Fuses.
   *
   * @param logits (B, N, C): branches, images, classes
   */
  Fused fuse(NDArray logits);

  /**
   * Says what {@link #fuse} computes, so that it can be exported.
   *
   * @param graph takes it down
   * @param logits (B, N, C)
   * @param branches the number of branches B
   * @param classes the number of classes C
   * @throws ZepadException of kind USAGE if it cannot, saying what of it and why
   */
  default Described describe(Graph graph, Value logits, int branches, int classes) {
    throw ZepadException.usage("it does not say what it computes (Fusion.describe)");
  }

  /**
   * What {@link #describe} returns: the values of a {@link Fused}.
   *
   * @param logits (N, C)
   * @param confidences (N, B)
   * @param weights (N, B)
   */
  record Described(Value logits, Value confidences, Value weights) {}

  /**
   * The result, owned by the manager of the logits.
   *
   * @param logits (N, C), the fused logits
   * @param confidences (N, B), how sure each branch is, not negative; what a detector sees
   * @param weights (N, B), the share of each branch, rows sum to 1
   */
  record Fused(NDArray logits, NDArray confidences, NDArray weights) {}
}
