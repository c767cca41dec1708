package org.zepad.core.detect;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.zepad.api.NoOptions;
import org.zepad.api.defence.Role;
import org.zepad.api.detector.Detector;
import org.zepad.api.detector.DetectorProvider;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;

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
    return new Gap();
  }

  private record Gap() implements Detector {
    @Override
    public NDArray score(NDArray confidences, List<Role> roles) {
      if (confidences.getShape().get(1) != roles.size()) {
        throw new IllegalArgumentException(
            "confidences " + confidences.getShape() + " need one role each, got " + roles);
      }
      return gap(
          roles, i -> confidences.get(":," + i), NDArray::maximum, NDArray::sub, NDArray::neg);
    }

    @Override
    public Value describe(Graph graph, Value confidences, List<Role> roles) {
      return gap(roles, i -> graph.pick(confidences, 1, i), graph::max, graph::sub, graph::neg);
    }
  }

  /** The score in terms of arrays, or of values that stand for them. */
  private static <A> A gap(
      List<Role> roles,
      IntFunction<A> confidence,
      BinaryOperator<A> greater,
      BinaryOperator<A> minus,
      UnaryOperator<A> negative) {
    Optional<A> hardened = greatest(roles, Role.MPAE, confidence, greater);
    Optional<A> benign = greatest(roles, Role.BMP, confidence, greater);
    if (hardened.isPresent() && benign.isPresent()) {
      return minus.apply(hardened.get(), benign.get());
    }
    return hardened
        .or(() -> benign.map(negative))
        .orElseThrow(() -> new IllegalArgumentException("there is no branch to score"));
  }

  /** The greatest confidence (N) among the branches of a role, or nothing where it has none. */
  private static <A> Optional<A> greatest(
      List<Role> roles, Role role, IntFunction<A> confidence, BinaryOperator<A> greater) {
    return IntStream.range(0, roles.size())
        .filter(i -> roles.get(i) == role)
        .mapToObj(confidence)
        .reduce(greater);
  }
}
