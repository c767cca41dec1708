package org.zepad.core.audit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
 * An optimised universal perturbation beside noise of the same size on the undefended victim, in
 * changed predictions, which tell more of few images than accuracy does. The noise: for L-infinity
 * and L2 every pixel up or down by the same amount, for a patch black or white under the same mask.
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
      int[] clean = predictions(bench, victim, null, part);
      int attacked = changed(clean, predictions(bench, victim, attack.perturbation(), part));
      int noisy = changed(clean, predictions(bench, victim, noise, part));
      double lead = (attacked - noisy) / (double) sample.size();
      return Check.of(
          FLAG,
          victim.name(),
          attack.name(),
          attacked <= noisy,
          lead,
          0,
          String.format(
              Locale.ROOT,
              "the attack changes what the undefended victim says of %d of %d images, noise of the"
                  + " same size of %d; an attack that beats no noise tests nothing",
              attacked,
              sample.size(),
              noisy));
    }
  }

  /** What the victim says of each image; of the clean ones without a perturbation. */
  private static int[] predictions(
      Bench bench, Subject victim, @Nullable Perturbation perturbation, RunContext context) {
    Sample sample = bench.sample();
    try (NDManager scope = context.manager().newSubManager()) {
      NDArray images = sample.rows(0, sample.size(), scope);
      float[] logits =
          bench.logits(
              victim,
              perturbation == null
                  ? images
                  : Perturbations.apply(perturbation, images, context.ops()));
      int classes = logits.length / sample.size();
      return IntStream.range(0, sample.size())
          .map(row -> Ranking.argMax(logits, row, classes))
          .toArray();
    }
  }

  private static int changed(int[] clean, int[] attacked) {
    return (int) IntStream.range(0, clean.length).filter(i -> clean[i] != attacked[i]).count();
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
