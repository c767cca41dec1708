package org.zepad.attacks.adaptive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.attacks.ascent.Ascent;
import org.zepad.attacks.ascent.Best;
import org.zepad.attacks.ascent.Rank;

/**
 * Makes a defence err and its detector miss it, see {@link Evasion}. The first climb, with lambda
 * 0, is that of {@code adaptive-fusion}; what it leaves right no lambda would help. The images that
 * it leaves wrong but flagged are climbed again, each with a lambda of its own that {@link
 * LambdaSearch} finds, until they are wrong and not flagged or the searches are used up.
 *
 * <p>Kept for each image: the best point of all climbs, the image itself included. So it misleads
 * at least as many images as {@code adaptive-fusion}. A defence without threshold flags nothing;
 * then there is the first climb alone.
 *
 * @param searches how many further climbs at most
 * @param firstLambda the lambda of the first of these
 */
record EvasionAttack(String name, Ascent ascent, int searches, double firstLambda)
    implements SampleAttack {

  @Override
  public Budget budget() {
    return ascent.budget();
  }

  @Override
  public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
    DefenceTarget defence = DefenceAttack.defence(name, target);
    try (NDManager scope = images.getManager().newSubManager()) {
      double threshold = defence.threshold().orElse(Double.POSITIVE_INFINITY);
      if (threshold == Double.POSITIVE_INFINITY) {
        return ascent
            .best(DefenceGoals.fused(defence, labels), images, scope, context)
            .points(images.getManager());
      }
      int count = Math.toIntExact(images.getShape().get(0));
      Best best = new Best(images, scope);
      LambdaSearch[] lambdas = new LambdaSearch[count];
      Arrays.fill(lambdas, new LambdaSearch(0, Double.POSITIVE_INFINITY, 0));
      for (int i = 0; i <= searches; i++) {
        int[] open =
            i == 0 ? best.where(rank -> true) : best.where(rank -> rank.tier() == Evasion.FLAGGED);
        if (open.length == 0) {
          break;
        }
        List<Rank> reached =
            climb(defence, images, labels, threshold, open, lambdas, best, scope, context);
        for (int j = 0; j < open.length; j++) {
          lambdas[open[j]] =
              i == 0
                  ? LambdaSearch.from(firstLambda)
                  : lambdas[open[j]].after(reached.get(j).tier() > Evasion.RIGHT);
        }
      }
      return best.points(images.getManager());
    }
  }

  /** One climb of some images; what it reaches for each of them. */
  private List<Rank> climb(
      DefenceTarget defence,
      NDArray images,
      NDArray labels,
      double threshold,
      int[] open,
      LambdaSearch[] lambdas,
      Best best,
      NDManager scope,
      RunContext context) {
    try (NDManager climb = scope.newSubManager()) {
      float[] weights = new float[open.length];
      for (int j = 0; j < open.length; j++) {
        weights[j] = (float) lambdas[open[j]].lambda();
      }
      Best found =
          ascent.best(
              Evasion.goal(
                  defence, Best.rows(labels, open, climb), threshold, climb.create(weights)),
              Best.rows(images, open, climb),
              climb,
              context);
      best.offer(open, found.points(climb), found.ranks());
      return found.ranks();
    }
  }
}
