package org.zepad.attacks.adaptive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.attacks.ascent.Ascent;
import org.zepad.attacks.ascent.Goal;

/**
 * Climbs towards a goal against a whole defence, and keeps the best point of each image.
 *
 * @param name of the attack, for messages
 * @param ascent how it climbs
 * @param goals what it climbs
 */
record DefenceAttack(String name, Ascent ascent, Goals goals) implements SampleAttack {

  /** Makes the goal for a batch. */
  @FunctionalInterface
  interface Goals {
    /**
     * The goal for images.
     *
     * @param images (N, 3, H, W), the clean ones
     * @param labels (N) int64
     * @param scope owns what the goal needs
     */
    Goal of(
        DefenceTarget defence, NDArray images, NDArray labels, NDManager scope, RunContext context);
  }

  @Override
  public Budget budget() {
    return ascent.budget();
  }

  @Override
  public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
    DefenceTarget defence = defence(name, target);
    try (NDManager scope = images.getManager().newSubManager()) {
      Goal goal = goals.of(defence, images, labels, scope, context);
      return ascent.best(goal, images, scope, context).points(images.getManager());
    }
  }

  /**
   * The target as a defence.
   *
   * @param name of the attack
   * @throws ZepadException of kind USAGE if it is not one
   */
  static DefenceTarget defence(String name, Target target) {
    if (target instanceof DefenceTarget defence) {
      return defence;
    }
    throw ZepadException.usage(
        name
            + ": needs a whole defence with its branches, fusion and detector as its target, got a"
            + " single model ("
            + target.getClass().getSimpleName()
            + "). Name it in 'adaptive' of an evaluation, or use pgd or apgd on a single model.");
  }
}
