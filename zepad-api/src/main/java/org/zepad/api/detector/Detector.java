package org.zepad.api.detector;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.zepad.api.defence.Role;

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
}
