package org.zepad.attacks.adaptive;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.tensor.Scalars;
import org.zepad.attacks.ascent.Goal;
import org.zepad.attacks.ascent.Margins;
import org.zepad.attacks.ascent.Rank;
import org.zepad.attacks.loss.CrossEntropy;

/**
 * What evasion climbs: the cross-entropy of the fused logits, minus lambda times how far the
 * detection score lies above the threshold.
 *
 * <p>What a point is worth, from the best: wrong and not flagged, the greater the margin of the
 * greatest wrong fused logit the better; wrong but flagged, the lower its score the better; right,
 * the smaller its lead the better.
 */
final class Evasion {
  /** The tier of what the defence gets wrong and does not flag. */
  static final int UNSEEN = 2;

  /** The tier of what the defence gets wrong and flags. */
  static final int FLAGGED = 1;

  /** The tier of what the defence gets right. */
  static final int RIGHT = 0;

  private Evasion() {}

  /**
   * The goal for images.
   *
   * @param labels (N) int64
   * @param threshold a score strictly above it is flagged
   * @param lambdas (N)
   */
  static Goal goal(DefenceTarget defence, NDArray labels, double threshold, NDArray lambdas) {
    return points -> {
      DefenceTarget.Output output = defence.forward(points);
      NDArray fused = output.fused().logits();
      NDArray excess = Scalars.atLeast(output.detection().sub(threshold), 0);
      NDArray objective = CrossEntropy.each(fused, labels).sub(excess.mul(lambdas));
      return new Goal.Verdict(
          objective, ranks(Margins.of(fused, labels), values(output.detection()), threshold));
    };
  }

  static List<Rank> ranks(float[] margins, float[] scores, double threshold) {
    List<Rank> ranks = new ArrayList<>();
    for (int i = 0; i < margins.length; i++) {
      if (!(margins[i] > 0)) {
        ranks.add(new Rank(RIGHT, margins[i]));
      } else {
        ranks.add(
            scores[i] > threshold ? new Rank(FLAGGED, -scores[i]) : new Rank(UNSEEN, margins[i]));
      }
    }
    return ranks;
  }

  private static float[] values(NDArray scores) {
    try (NDArray detached = scores.stopGradient()) {
      return detached.toFloatArray();
    }
  }
}
