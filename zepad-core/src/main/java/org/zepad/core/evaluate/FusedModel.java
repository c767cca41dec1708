package org.zepad.core.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.OptionalDouble;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.defence.Role;
import org.zepad.api.detector.Detector;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.core.detect.DetectionThreshold;

/**
 * The whole defence for one task, from pixels to fused logits and detection score: always in
 * evaluation mode, and differentiable through every branch, the fusion and the detector, so that an
 * adaptive attack can aim at all of it.
 *
 * <p>It owns nothing; encoders and heads belong to whoever made them. Not thread-safe.
 */
public final class FusedModel implements DefenceTarget {
  private final List<HeadedBranch> branches;
  private final List<Role> roles;
  private final Fusion fusion;
  private final Detector detector;
  private final OptionalDouble threshold;
  private final int classes;

  /**
   * A model of branches, whose detection threshold is open.
   *
   * @param branches at least one, all for the same classes
   * @param fusion how their logits are combined
   * @param detector what scores their confidences
   */
  public FusedModel(List<HeadedBranch> branches, Fusion fusion, Detector detector) {
    this(branches, fusion, detector, OptionalDouble.empty());
  }

  private FusedModel(
      List<HeadedBranch> branches, Fusion fusion, Detector detector, OptionalDouble threshold) {
    this.threshold = threshold;
    this.branches = List.copyOf(branches);
    this.roles = this.branches.stream().map(HeadedBranch::role).toList();
    this.fusion = fusion;
    this.detector = detector;
    if (this.branches.isEmpty()) {
      throw new IllegalArgumentException("a model needs at least one branch");
    }
    this.classes = this.branches.get(0).head().classes();
    for (HeadedBranch branch : this.branches) {
      if (branch.head().classes() != classes) {
        throw new IllegalArgumentException(
            "branch '"
                + branch.name()
                + "' has a head for "
                + branch.head().classes()
                + " classes, the first one for "
                + classes);
      }
    }
  }

  /** The same model, flagging images above this detection score. */
  public FusedModel withThreshold(DetectionThreshold flagging) {
    return new FusedModel(branches, fusion, detector, OptionalDouble.of(flagging.value()));
  }

  @Override
  public List<HeadedBranch> branches() {
    return branches;
  }

  /** The number of classes C. */
  public int classes() {
    return classes;
  }

  @Override
  public NDArray logits(NDArray images) {
    return fusion.fuse(branchLogits(images)).logits();
  }

  @Override
  public NDArray features(NDArray images) {
    NDArray features = branches.get(0).features(images);
    // Pair by pair: of a single array the engine's concatenation is a copy without its history.
    for (HeadedBranch branch : branches.subList(1, branches.size())) {
      features = features.concat(branch.features(images), 1);
    }
    return features;
  }

  @Override
  public OptionalDouble threshold() {
    return threshold;
  }

  /**
   * The logits of every branch.
   *
   * @param images (N, 3, H, W) in [0, 1]
   * @return (B, N, C), owned by the manager of the images, differentiable
   */
  public NDArray branchLogits(NDArray images) {
    NDList logits = new NDList();
    branches.forEach(branch -> logits.add(branch.logits(images)));
    return NDArrays.stack(logits);
  }

  @Override
  public Output forward(NDArray images) {
    NDArray logits = branchLogits(images);
    Fusion.Fused fused = fusion.fuse(logits);
    return new Output(logits, fused, detector.score(fused.confidences(), roles));
  }

  /**
   * Says what the fusion computes, see {@link Fusion#describe}.
   *
   * @param logits (B, N, C)
   */
  public Fusion.Described describeFusion(Graph graph, Value logits) {
    return fusion.describe(graph, logits, branches.size(), classes);
  }

  /**
   * Says what the detector computes, see {@link Detector#describe}.
   *
   * @param confidences (N, B)
   */
  public Value describeDetector(Graph graph, Value confidences) {
    return detector.describe(graph, confidences, roles);
  }
}
