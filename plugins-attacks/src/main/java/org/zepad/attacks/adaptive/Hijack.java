package org.zepad.attacks.adaptive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.attack.FeatureTarget;
import org.zepad.api.tensor.TensorOps;
import org.zepad.attacks.ascent.Ascent;
import org.zepad.attacks.ascent.Goal;
import org.zepad.attacks.ascent.Margins;
import org.zepad.attacks.ascent.Rank;
import org.zepad.attacks.loss.CrossEntropy;

/**
 * The confidence hijack: makes the weakest branch of each image sure of a wrong class, so that a
 * fusion which trusts sure branches follows it.
 *
 * <p>The weakest branch is the one whose decision boundary is the nearest to the clean image to
 * first order: with m the margin of its greatest wrong logit over the right one, and g the gradient
 * of m by the pixels, the one of the least -m / |g|_1, which is the L-infinity distance to where m
 * would be 0. It does not hang on how the heads are scaled. A branch that errs already counts as
 * nearer than any that does not. The wrong class is that branch's greatest one on the clean image.
 *
 * <p>Climbed is ln p(wrong class) of that branch, its confidence in the mistake, plus the same of
 * the fused logits, through the weights: the first makes the branch sure, the second makes the
 * defence follow, also by making the others unsure.
 */
final class Hijack {
  private Hijack() {}

  /**
   * Whom the hijack of each image uses.
   *
   * @param branches of N images
   * @param classes of N images, the wrong ones
   */
  record Plan(int[] branches, long[] classes) {}

  static Goal goal(
      DefenceTarget defence, NDArray images, NDArray labels, NDManager scope, TensorOps ops) {
    Plan plan = plan(defence, images, labels, scope, ops);
    NDArray wrong = scope.create(plan.classes());
    NDArray chosen = oneHot(plan.branches(), defence.branches().size(), scope);
    return points -> {
      DefenceTarget.Output output = defence.forward(points);
      NDArray weakest = output.branchLogits().mul(chosen).sum(new int[] {0});
      NDArray fused = output.fused().logits();
      NDArray objective =
          CrossEntropy.each(weakest, wrong).add(CrossEntropy.each(fused, wrong)).neg();
      return new Goal.Verdict(objective, Rank.byMargin(fused, labels));
    };
  }

  /** Chooses branch and class of each image. Nothing stays behind in the scope. */
  static Plan plan(
      DefenceTarget defence, NDArray images, NDArray labels, NDManager scope, TensorOps ops) {
    int count = Math.toIntExact(images.getShape().get(0));
    Plan plan = new Plan(new int[count], new long[count]);
    double[] nearest = new double[count];
    List<? extends FeatureTarget> branches = defence.branches();
    for (int b = 0; b < branches.size(); b++) {
      FeatureTarget branch = branches.get(b);
      try (NDManager pass = scope.newSubManager()) {
        NDArray own = ops.detach(images);
        own.attach(pass);
        NDArray logits = branch.logits(own);
        float[] margins = Margins.of(logits, labels);
        long[] wrong = wrongClasses(logits, labels);
        float[] slopes = slopes(branch, own, labels, pass.create(wrong), ops);
        for (int i = 0; i < count; i++) {
          double distance = -margins[i] / Math.max(slopes[i], Float.MIN_NORMAL);
          if (b == 0 || distance < nearest[i]) {
            nearest[i] = distance;
            plan.branches()[i] = b;
            plan.classes()[i] = wrong[i];
          }
        }
      }
    }
    return plan;
  }

  private static long[] wrongClasses(NDArray logits, NDArray labels) {
    int[] best = Margins.bestWrong(logits, labels);
    long[] classes = new long[best.length];
    for (int i = 0; i < best.length; i++) {
      // Of a single class there is nothing to hijack to; it stays what it is.
      classes[i] = Math.max(0, best[i]);
    }
    return classes;
  }

  /** The L1 length of the gradient of each image's margin. */
  private static float[] slopes(
      FeatureTarget branch, NDArray images, NDArray labels, NDArray wrong, TensorOps ops) {
    NDArray gradient =
        Ascent.gradient(
            points -> {
              NDArray logits = branch.logits(points);
              // What both are normalised by cancels; the difference of the logits remains.
              return CrossEntropy.each(logits, labels).sub(CrossEntropy.each(logits, wrong));
            },
            images,
            ops);
    return gradient.abs().reshape(images.getShape().get(0), -1).sum(new int[] {1}).toFloatArray();
  }

  /** (B, N, 1) of ones where a branch is chosen. */
  private static NDArray oneHot(int[] chosen, int branches, NDManager scope) {
    float[] mask = new float[branches * chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      mask[chosen[i] * chosen.length + i] = 1;
    }
    return scope.create(mask, new Shape(branches, chosen.length, 1));
  }
}
