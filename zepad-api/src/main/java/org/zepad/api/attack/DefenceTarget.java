package org.zepad.api.attack;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.OptionalDouble;
import org.zepad.api.fusion.Fusion;

/**
 * A whole defence under attack, differentiable through every branch, the fusion and the detector.
 * An undefended model is one of a single branch. Its {@link #features} are those of all branches,
 * one after the other; its {@link #logits} are the fused ones.
 */
public interface DefenceTarget extends FeatureTarget {

  /** The branches in order, at least one; each is a target by itself. */
  List<? extends FeatureTarget> branches();

  /**
   * Everything that the defence says of images in evaluation mode.
   *
   * @param images (N, 3, H, W) in [0, 1]
   */
  Output forward(NDArray images);

  /** Above which detection score an image is flagged; empty where nothing detects. */
  OptionalDouble threshold();

  /**
   * What a defence says of images; differentiable and owned by their manager.
   *
   * @param branchLogits (B, N, C)
   * @param fused fused logits (N, C), confidences (N, B) and weights (N, B)
   * @param detection (N), the higher the more suspect
   */
  record Output(NDArray branchLogits, Fusion.Fused fused, NDArray detection) {}
}
