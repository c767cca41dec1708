package org.zepad.core.detect;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.zepad.api.NoOptions;
import org.zepad.api.defence.Role;
import org.zepad.api.detector.Detector;
import org.zepad.api.detector.DetectorProvider;

/**
 * The greatest confidence of an MPAE branch minus the greatest of a BMP branch (ZePAD, section 3):
 * an adversarial example robs the benign-memory branch of its confidence, while the adversarially
 * tuned branches keep theirs.
 *
 * <p>Where a role has no branch it counts as confidence 0. So with MPAE branches alone the score is
 * their greatest confidence, with BMP branches alone it is minus theirs (least confident is most
 * suspect). Both are weak signals; they keep the figures of an ablation defined.
 */
public final class ConfidenceGap implements DetectorProvider<NoOptions> {

  @Override
  public String name() {
    return "confidence-gap";
  }

  @Override
  public String description() {
    return "greatest confidence of the hardened branches minus that of the benign-memory ones";
  }

  @Override
  public Class<NoOptions> optionsType() {
    return NoOptions.class;
  }

  @Override
  public Detector create(NoOptions options) {
    return ConfidenceGap::gap;
  }

  private static NDArray gap(NDArray confidences, List<Role> roles) {
    if (confidences.getShape().get(1) != roles.size()) {
      throw new IllegalArgumentException(
          "confidences " + confidences.getShape() + " need one role each, got " + roles);
    }
    NDArray hardened = greatest(confidences, roles, Role.MPAE);
    NDArray benign = greatest(confidences, roles, Role.BMP);
    if (hardened == null && benign == null) {
      throw new IllegalArgumentException("there is no branch to score");
    }
    if (benign == null) {
      return Objects.requireNonNull(hardened);
    }
    return hardened == null ? benign.neg() : hardened.sub(benign);
  }

  /** The greatest confidence (N) among the branches of a role, or null where it has none. */
  private static @Nullable NDArray greatest(NDArray confidences, List<Role> roles, Role role) {
    return IntStream.range(0, roles.size())
        .filter(i -> roles.get(i) == role)
        .mapToObj(i -> confidences.get(":," + i))
        .reduce(NDArray::maximum)
        .orElse(null);
  }
}
