package org.zepad.attacks.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.attacks.ascent.Ascent;
import org.zepad.attacks.ascent.Ball;
import org.zepad.attacks.ascent.Best;
import org.zepad.attacks.ascent.Goal;
import org.zepad.attacks.ascent.Rank;

/**
 * Auto-PGD: climbs from random points, each image at a step size that it finds by itself, see
 * {@link AutoPgdClimb}. Images that the model gets wrong anyway are left alone, and each further
 * climb is only for those that are not fooled yet.
 *
 * <p>Kept for each image: of all points, the image itself included, the one where the greatest
 * wrong logit exceeds the right one most. So a point that fools the model always beats one of a
 * greater loss that does not.
 *
 * @param budget an L-infinity or L2 ball
 * @param loss what is climbed
 * @param steps of one climb, at least 1
 * @param restarts how many climbs, at least 1
 */
record AutoPgd(Budget budget, ApgdLoss loss, int steps, int restarts) implements SampleAttack {

  @Override
  public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
    try (NDManager scope = images.getManager().newSubManager()) {
      Best best = new Best(images, scope);
      best.offer(images, Ascent.worth(goal(target, labels), images, scope, context.ops()));
      SplittableRandom random = context.random();
      for (int i = 0; i < restarts; i++) {
        int[] open = best.where(AutoPgd::notFooled);
        if (open.length == 0) {
          break;
        }
        try (NDManager climb = scope.newSubManager()) {
          NDArray part = Best.rows(images, open, climb);
          new AutoPgdClimb(
                  goal(target, Best.rows(labels, open, climb)),
                  Ball.around(part, budget, climb),
                  2 * budget.epsilon(),
                  steps,
                  context.ops())
              .run(random.split(), climb, (points, ranks) -> best.offer(open, points, ranks));
        }
      }
      return best.points(images.getManager());
    }
  }

  private Goal goal(Target target, NDArray labels) {
    return points -> {
      NDArray logits = target.logits(points);
      return new Goal.Verdict(loss.each(logits, labels), Rank.byMargin(logits, labels));
    };
  }

  private static boolean notFooled(Rank rank) {
    return !(rank.value() > 0);
  }
}
