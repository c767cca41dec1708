package org.zepad.api.detector;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.zepad.api.ZepadException;
import org.zepad.api.defence.Role;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;

/** Scores how much an image looks like an adversarial example. Stateless and thread-safe. */
@FunctionalInterface
public interface Detector {

  /**
   * The score of each image; the higher, the more suspect. The threshold is the runtime's affair.
   *
   * @param confidences (N, B), see {@link org.zepad.api.fusion.Fusion.Fused}
   * @param roles the role of each branch, B of them
   * @return (N), owned by the manager of the confidences, differentiable
   */
  NDArray score(NDArray confidences, List<Role> roles);

  /**
   * Says what {@link #score} computes, so that it can be exported.
   *
   * @param graph takes it down
   * @param confidences (N, B)
   * @param roles the role of each branch, B of them
   * @return (N)
   * @throws ZepadException of kind USAGE if it cannot, saying what of it and why
   */
  default Value describe(Graph graph, Value confidences, List<Role> roles) {
    throw ZepadException.usage("it does not say what it computes (Detector.describe)");
  }
}
