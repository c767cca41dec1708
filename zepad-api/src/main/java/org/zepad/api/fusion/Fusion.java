package org.zepad.api.fusion;

import ai.djl.ndarray.NDArray;

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
   * The result, owned by the manager of the logits.
   *
   * @param logits (N, C), the fused logits
   * @param confidences (N, B), how sure each branch is, not negative; what a detector sees
   * @param weights (N, B), the share of each branch, rows sum to 1
   */
  record Fused(NDArray logits, NDArray confidences, NDArray weights) {}
}
