package org.zepad.core.audit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.core.attack.Perturbations;
import org.zepad.core.evaluate.AttackRun;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Subject;
import org.zepad.core.metrics.Ranking;

/**
 * An optimised universal perturbation beside noise of the same size on the undefended victim: for
 * L-infinity and L2 every pixel up or down by the same amount, for a patch black or white under the
 * same mask.
 */
final class NoBetterThanNoise implements SelfCheck {
  static final String FLAG = "no-better-than-noise";

  @Override
  public List<Check> run(Bench bench) {
    List<Check> checks = new ArrayList<>();
    for (AttackRun attack : bench.attacks()) {
      if (attack instanceof AttackRun.Universal universal
          && attack.knowledge() != Knowledge.NOTHING
          && attack.aimedAt() == null) {
        bench.subjects().stream()
            .filter(subject -> subject.info().undefended())
            .forEach(victim -> checks.add(check(bench, universal, victim)));
      }
    }
    return checks;
  }

  private static Check check(Bench bench, AttackRun.Universal attack, Subject victim) {
    Sample sample = bench.sample();
    try (RunContext part = bench.context().child("noise");
        NDManager scope = part.manager().newSubManager()) {
      Perturbation noise = like(attack.perturbation(), part.random(), scope);
      int attacked = right(bench, victim, attack.perturbation(), part);
      int noisy = right(bench, victim, noise, part);
      double lead = (attacked - noisy) / (double) sample.size();
      return Check.of(
          FLAG,
          victim.name(),
          attack.name(),
          attacked >= noisy,
          lead,
          0,
          String.format(
              Locale.ROOT,
              "the attack leaves the undefended victim %d of %d images, noise of the same size"
                  + " %d; an attack that beats no noise tests nothing",
              attacked,
              sample.size(),
              noisy));
    }
  }

  private static int right(
      Bench bench, Subject victim, Perturbation perturbation, RunContext context) {
    Sample sample = bench.sample();
    try (NDManager scope = context.manager().newSubManager()) {
      NDArray images = sample.rows(0, sample.size(), scope);
      float[] logits =
          bench.logits(victim, Perturbations.apply(perturbation, images, context.ops()));
      int classes = logits.length / sample.size();
      int right = 0;
      for (int i = 0; i < sample.size(); i++) {
        right += Ranking.argMax(logits, i, classes) == sample.labels()[i] ? 1 : 0;
      }
      return right;
    }
  }

  private static Perturbation like(Perturbation attack, SplittableRandom random, NDManager scope) {
    NDArray delta = attack.delta();
    float[] values = new float[Math.toIntExact(delta.getShape().size())];
    double size =
        attack.budget().norm() == Norm.L2
            ? attack.budget().epsilon() / Math.sqrt(values.length)
            : attack.budget().epsilon();
    NDArray mask = attack.mask();
    for (int i = 0; i < values.length; i++) {
      boolean up = random.nextBoolean();
      values[i] = mask == null ? (float) (up ? size : -size) : up ? 1 : 0;
    }
    NDArray noise = scope.create(values, delta.getShape());
    return new Perturbation(mask == null ? noise : noise.mul(mask), mask, attack.budget());
  }
}
