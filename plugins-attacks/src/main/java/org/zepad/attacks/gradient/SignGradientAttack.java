package org.zepad.attacks.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.api.tensor.TensorOps;
import org.zepad.attacks.loss.CrossEntropy;

/**
 * Ascends the cross-entropy by the sign of its gradient inside a box around each image: projected
 * gradient descent (Madry et al. 2018), whose single step of size epsilon is the fast gradient sign
 * method (Goodfellow et al. 2015).
 *
 * <p>One step: g = gradient of the cross-entropy by the image; x = x + step size * sign(g), where
 * the sign of 0 is 0; x is projected to [x0 - epsilon, x0 + epsilon] and to [0, 1].
 *
 * <p>Only the gradient by the images is needed. The caller freezes the parameters of the target
 * ({@link org.zepad.api.tensor.StateDict#requireGradients}); otherwise their gradients are computed
 * too, for nothing, and pile up in them.
 *
 * @param budget an L-infinity ball
 * @param stepSize in pixel units
 * @param steps at least 1
 * @param randomStart whether to begin at a random point of the ball, drawn from the context's seed,
 *     instead of at the image; use a context of its own for each batch
 */
record SignGradientAttack(Budget budget, double stepSize, int steps, boolean randomStart)
    implements SampleAttack {
  SignGradientAttack {
    if (budget.norm() != Norm.LINF || !(stepSize >= 0) || steps < 1) {
      throw new IllegalArgumentException(
          "needs an L-infinity budget, stepSize >= 0 and steps >= 1, got "
              + budget
              + ", "
              + stepSize
              + ", "
              + steps);
    }
  }

  @Override
  public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
    NDManager owner = images.getManager();
    try (NDManager scope = owner.newSubManager()) {
      Box box = Box.around(images, budget.epsilon(), scope);
      NDArray current = randomStart ? box.uniform(context.random(), scope) : images;
      for (int i = 0; i < steps; i++) {
        try (NDManager step = scope.newSubManager()) {
          NDArray next = ascend(target, current, labels, box, context.ops(), step);
          // The next step needs it; the one before is freed at once, the images are not ours.
          next.attach(scope);
          if (current != images) {
            current.close();
          }
          current = next;
        }
      }
      current.attach(owner);
      return current;
    }
  }

  private NDArray ascend(
      Target target, NDArray from, NDArray labels, Box box, TensorOps ops, NDManager step) {
    NDArray point = ops.detach(from);
    point.attach(step);
    NDArray moved = inputGradient(target, point, labels, ops).signi().muli((float) stepSize);
    return box.project(moved.addi(point));
  }

  /**
   * The gradient of the summed cross-entropy by the images. Summed, not averaged: the direction is
   * the same, and the gradient of a confident image does not fade as the batch grows.
   */
  static NDArray inputGradient(Target target, NDArray images, NDArray labels, TensorOps ops) {
    return ops.gradient(images, x -> CrossEntropy.each(target.logits(x), labels).sum()).gradient();
  }
}
