package org.zepad.attacks.adaptive;

import ai.djl.ndarray.NDArray;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.attacks.ascent.Goal;
import org.zepad.attacks.ascent.Rank;
import org.zepad.attacks.loss.CrossEntropy;

/**
 * Goals that need nothing of the clean images. A point is worth the margin by which the greatest
 * wrong fused logit exceeds the right one: above 0 where the whole defence errs.
 */
final class DefenceGoals {
  private DefenceGoals() {}

  /**
   * Climbs the cross-entropy of the fused logits. Nothing is detached: a point may also climb by
   * shifting the weights of the fusion.
   */
  static Goal fused(DefenceTarget defence, NDArray labels) {
    return points -> {
      NDArray fused = defence.forward(points).fused().logits();
      return new Goal.Verdict(CrossEntropy.each(fused, labels), Rank.byMargin(fused, labels));
    };
  }

  /** Climbs the sum of the cross-entropies of all branches, each with its own logits. */
  static Goal branches(DefenceTarget defence, NDArray labels) {
    return points -> {
      DefenceTarget.Output output = defence.forward(points);
      NDArray logits = output.branchLogits();
      NDArray sum = CrossEntropy.each(logits.get(0), labels);
      for (int b = 1; b < logits.getShape().get(0); b++) {
        sum = sum.add(CrossEntropy.each(logits.get(b), labels));
      }
      return new Goal.Verdict(sum, Rank.byMargin(output.fused().logits(), labels));
    };
  }
}
