package org.zepad.core.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zepad.api.defence.Role;
import org.zepad.core.detect.DetectionThreshold;

/**
 * What is known of an evaluated model without having it.
 *
 * @param name how the result calls it, unique within an evaluation
 * @param undefended whether it is the victim as published: what an attack must break to count
 * @param threshold above which detection score an image is flagged; null where nothing detects
 * @param branches the branches whose confidences are recorded, in order; empty where none are
 */
public record SubjectInfo(
    String name,
    boolean undefended,
    @Nullable DetectionThreshold threshold,
    List<BranchInfo> branches) {
  public SubjectInfo {
    branches = List.copyOf(branches);
  }

  /** The same model under another name. */
  public SubjectInfo named(String other) {
    return new SubjectInfo(other, undefended, threshold, branches);
  }

  /**
   * A branch.
   *
   * @param name unique within the model
   * @param role what it is for
   */
  public record BranchInfo(String name, Role role) {}
}
