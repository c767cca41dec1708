package org.zepad.core.audit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.zepad.api.RunContext;
import org.zepad.api.attack.FeatureTarget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.SampleAttack;
import org.zepad.core.attack.AssertingAttacks;
import org.zepad.core.evaluate.AttackRun;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Subject;

/**
 * The binarisation test (Zimmermann et al. 2022): a task is made for each image that certainly has
 * an adversarial example. Of points around the image, one at the edge of the attack's ball belongs
 * to a planted class, {@value #INNER} of the inner half and the image itself do not; a linear
 * readout of the model's own features learns to tell them apart. An attack that does not find the
 * planted class misses real examples as well.
 *
 * <p>Put to the test are projected gradient descent, and the evaluated attacks that aim at a model
 * by its gradients, each with the budget that it has. The readout replaces heads and fusion, so it
 * is the encoders that must not hide anything.
 */
final class PlantedExample implements SelfCheck {
  static final String FLAG = "planted-example-missed";

  private static final double LIMIT = 0.1;
  private static final int IMAGES = 16;
  private static final int LEAST = 8;
  private static final int INNER = 48;

  @Override
  public List<Check> run(Bench bench) {
    List<Check> checks = new ArrayList<>();
    for (Subject subject : bench.subjects()) {
      if (subject.target() instanceof FeatureTarget model) {
        attacks(bench, subject)
            .forEach((name, attack) -> checks.add(check(bench, subject, model, name, attack)));
        missing(bench).ifPresent(why -> checks.add(Check.notRun(FLAG, subject.name(), why)));
      } else {
        checks.add(Check.notRun(FLAG, subject.name(), "the model does not show its features"));
      }
    }
    return checks;
  }

  private static Optional<String> missing(Bench bench) {
    try {
      pgd(bench);
      return Optional.empty();
    } catch (MissingAttack e) {
      return Optional.of(e.why());
    }
  }

  private static SampleAttack pgd(Bench bench) {
    return bench.attack(Pgd.NAME, Pgd.options(Pgd.EPSILON));
  }

  private static Map<String, SampleAttack> attacks(Bench bench, Subject subject) {
    Map<String, SampleAttack> attacks = new LinkedHashMap<>();
    if (missing(bench).isEmpty()) {
      attacks.put(Pgd.NAME, pgd(bench));
    }
    for (AttackRun run : bench.attacks()) {
      if (run instanceof AttackRun.PerSample sample
          && subject.name().equals(run.aimedAt())
          && (run.knowledge() == Knowledge.MODEL || run.knowledge() == Knowledge.DEFENCE)
          && run.budget().norm() == Norm.LINF
          && run.budget().epsilon() > 0) {
        attacks.put(run.name(), AssertingAttacks.check(run.name(), sample.attack()));
      }
    }
    return attacks;
  }

  private static Check check(
      Bench bench, Subject subject, FeatureTarget model, String name, SampleAttack attack) {
    int tried = 0;
    int missed = 0;
    for (int i = 0; i < Math.min(IMAGES, bench.sample().size()); i++) {
      // Spread over the sample, which may be sorted by class.
      int image = i * bench.sample().size() / Math.min(IMAGES, bench.sample().size());
      OptionalInt found = find(bench, model, attack, image);
      tried += found.isPresent() ? 1 : 0;
      missed += found.orElse(1) == 0 ? 1 : 0;
    }
    if (tried < LEAST) {
      return Check.notRun(
          FLAG,
          subject.name(),
          "the features tell a planted point apart around " + tried + " images alone");
    }
    double share = (double) missed / tried;
    return Check.of(
        FLAG,
        subject.name(),
        bench.attacks().stream().anyMatch(run -> run.name().equals(name)) ? name : null,
        share > LIMIT,
        share,
        LIMIT,
        String.format(
            Locale.ROOT,
            "%s misses %d of %d adversarial examples that were planted within its reach; it will"
                + " miss others, too",
            name,
            missed,
            tried));
  }

  /** 1 if the planted class is found, 0 if not, empty if none can be planted. */
  private static OptionalInt find(
      Bench bench, FeatureTarget model, SampleAttack attack, int number) {
    try (RunContext part = bench.context().child("planted-" + number);
        NDManager scope = part.manager().newSubManager()) {
      NDArray image = bench.sample().rows(number, number + 1, scope).duplicate();
      image.attach(scope);
      PlantedModel planted = plant(model, image, attack.budget().epsilon(), part, scope);
      if (planted == null) {
        return OptionalInt.empty();
      }
      NDArray attacked = attack.perturb(planted, image, scope.create(new long[] {0}), part);
      attacked.attach(scope);
      float[] logits = planted.logits(attacked).toFloatArray();
      return OptionalInt.of(logits[1] > logits[0] ? 1 : 0);
    }
  }

  private static @Nullable PlantedModel plant(
      FeatureTarget model, NDArray image, double epsilon, RunContext context, NDManager scope) {
    NDArray around = around(image, epsilon, context.random(), scope);
    float[][] rows;
    try (NDManager pass = scope.newSubManager()) {
      NDArray own = context.ops().detach(around);
      own.attach(pass);
      NDArray features = model.features(own);
      float[] values = features.toFloatArray();
      int d = values.length / (INNER + 2);
      rows = new float[INNER + 2][d];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(values, i * d, rows[i], 0, d);
      }
    }
    Readout readout = Readout.separating(rows).orElse(null);
    if (readout == null) {
      return null;
    }
    // The engine's own memory: the recorded graph must not point into Java's.
    NDArray weight =
        scope.create(readout.weight(), new Shape(readout.weight().length, 1)).duplicate();
    weight.attach(scope);
    return new PlantedModel(model, weight, readout.bias());
  }

  /** The image, points of the inner half of the ball, and last one at the edge of it. */
  private static NDArray around(
      NDArray image, double epsilon, SplittableRandom random, NDManager scope) {
    float[] pixels = image.toFloatArray();
    float[] all = new float[(INNER + 2) * pixels.length];
    for (int row = 0; row < INNER + 2; row++) {
      for (int i = 0; i < pixels.length; i++) {
        double change =
            row == 0
                ? 0
                : row <= INNER
                    ? epsilon * (random.nextDouble() - 0.5)
                    : random.nextBoolean() ? epsilon : -epsilon;
        all[row * pixels.length + i] = (float) Math.max(0, Math.min(1, pixels[i] + change));
      }
    }
    Shape shape = image.getShape();
    return scope.create(all, new Shape(INNER + 2, shape.get(1), shape.get(2), shape.get(3)));
  }
}
