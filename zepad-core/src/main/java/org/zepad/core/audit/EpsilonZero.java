package org.zepad.core.audit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.core.attack.Perturbations;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Subject;

/** Attacks that may change nothing must change nothing: neither applying nor crafting leaks. */
final class EpsilonZero implements SelfCheck {
  static final String FLAG = "epsilon-zero-differs";

  private static final int IMAGES = 64;

  @Override
  public List<Check> run(Bench bench) {
    List<Check> checks = new ArrayList<>();
    for (Subject subject : bench.subjects()) {
      try {
        double share = share(bench, subject);
        checks.add(
            Check.of(
                FLAG,
                subject.name(),
                null,
                share > 0,
                share,
                0,
                String.format(
                    Locale.ROOT,
                    "attacks of size 0 change what the model says of %.1f%% of the images; any"
                        + " change means that attacked accuracy is not measured on the images it"
                        + " is said to be",
                    100 * share)));
      } catch (MissingAttack e) {
        checks.add(Check.notRun(FLAG, subject.name(), e.why()));
      }
    }
    return checks;
  }

  private static double share(Bench bench, Subject subject) {
    try (RunContext part = bench.context().child("epsilon-zero");
        NDManager scope = part.manager().newSubManager()) {
      Sample sample = bench.sample().first(IMAGES, scope);
      NDArray images = sample.images();
      float[] clean = bench.logits(subject, images);
      int side = (int) images.getShape().get(3);
      Perturbation nothing =
          Perturbation.additive(scope.zeros(new Shape(3, side, side)), new Budget(Norm.LINF, 0));
      NDArray applied = Perturbations.apply(nothing, images, part.ops());
      NDArray crafted =
          bench
              .attack(Pgd.NAME, Pgd.options(0, 0.01, 1))
              .perturb(subject.target(), images, scope.create(sample.labels()), part);
      return Math.max(
          Moved.share(clean, bench.logits(subject, applied), sample.size()),
          Moved.share(clean, bench.logits(subject, crafted), sample.size()));
    }
  }
}
