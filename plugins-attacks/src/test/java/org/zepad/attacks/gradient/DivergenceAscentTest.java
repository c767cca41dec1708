package org.zepad.attacks.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.zepad.api.attack.SampleAttack;
import org.zepad.attacks.SmallBench;
import org.zepad.attacks.ascent.Ascent;
import org.zepad.attacks.loss.KlDivergence;

class DivergenceAscentTest {

  @Test
  void theDivergenceIsThatOfTheFormula() {
    try (SmallBench bench = new SmallBench(4, 5)) {
      float[] clean = logits(7, 20);
      float[] other = logits(8, 20);
      NDManager manager = bench.context.manager();
      NDArray logP = manager.create(clean, new Shape(4, 5)).logSoftmax(1);
      NDArray found = KlDivergence.each(logP, manager.create(other, new Shape(4, 5)));
      for (int row = 0; row < 4; row++) {
        assertThat((double) found.getFloat(row))
            .isCloseTo(divergence(clean, other, 5 * row), within(2e-6));
      }
      assertThat(KlDivergence.each(logP, logP).abs().max().getFloat()).isLessThan(1e-6f);
    }
  }

  @Test
  void itsGradientByTheLogitsIsTheDifferenceOfTheAnswers() {
    try (SmallBench bench = new SmallBench(4, 5)) {
      NDManager manager = bench.context.manager();
      NDArray clean = manager.create(logits(7, 20), new Shape(4, 5));
      NDArray other = manager.create(logits(8, 20), new Shape(4, 5));
      NDArray logP = clean.logSoftmax(1);
      NDArray gradient =
          bench.context.ops().gradient(other, x -> KlDivergence.each(logP, x).sum()).gradient();
      NDArray expected = other.softmax(1).sub(clean.softmax(1));
      assertThat(gradient.sub(expected).abs().max().getFloat()).isLessThan(1e-6f);
    }
  }

  @Test
  void theGradientIsZeroAtTheImageAndTheAttackLeavesItNonetheless() {
    try (SmallBench bench = new SmallBench(6, 10)) {
      NDArray logP = bench.target.logits(bench.images).logSoftmax(1);
      NDArray slope =
          Ascent.gradient(
              x -> KlDivergence.each(logP, bench.target.logits(x)),
              bench.images,
              bench.context.ops());
      assertThat(slope.abs().max().getFloat()).isLessThan(1e-5f);

      float beside = divergence(bench, attack(1e-9, 1, false));
      float once = divergence(bench, attack(0.007, 1, false));
      float often = divergence(bench, attack(0.007, 10, false));
      assertThat(once).isGreaterThan(10 * beside);
      assertThat(often).isGreaterThan(once);
      assertThat(divergence(bench, attack(0.007, 10, true))).isGreaterThan(once);
    }
  }

  @Test
  void labelsAreNotLookedAt() {
    try (SmallBench bench = new SmallBench(6, 10)) {
      NDArray first = perturb(bench, bench.labels);
      NDArray second = perturb(bench, bench.labels.zerosLike());
      assertThat(second.toFloatArray()).isEqualTo(first.toFloatArray());
    }
  }

  @Test
  void itStartsCloseToTheImage() {
    try (SmallBench bench = new SmallBench(6, 10)) {
      NDArray start =
          attack(0, 1, false).perturb(bench.target, bench.images, bench.labels, bench.context);
      // Normal noise of deviation 0.001, of which 4608 draws seldom exceed 4.5 deviations.
      assertThat(SmallBench.largestChange(start, bench.images)).isBetween(0.002, 0.0045 + 1e-3);
      assertThat(start.sub(bench.images).abs().mean().getFloat()).isLessThan(0.001f);
    }
  }

  private static NDArray perturb(SmallBench bench, NDArray labels) {
    return attack(0.007, 3, false).perturb(bench.target, bench.images, labels, bench.context);
  }

  private static float divergence(SmallBench bench, SampleAttack attack) {
    NDArray reached = attack.perturb(bench.target, bench.images, bench.labels, bench.context);
    NDArray logP = bench.target.logits(bench.images).logSoftmax(1);
    return KlDivergence.each(logP, bench.target.logits(reached)).sum().getFloat();
  }

  private static SampleAttack attack(double step, int steps, boolean randomStart) {
    return (SampleAttack)
        new PgdProvider()
            .create(
                new PgdOptions(
                    0.03, step, steps, randomStart, BallNorm.LINF, PgdLoss.KL_DIVERGENCE));
  }

  private static float[] logits(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (3 * random.nextGaussian());
    }
    return values;
  }

  private static double divergence(float[] p, float[] q, int from) {
    double zp = 0;
    double zq = 0;
    for (int k = from; k < from + 5; k++) {
      zp += Math.exp(p[k]);
      zq += Math.exp(q[k]);
    }
    double sum = 0;
    for (int k = from; k < from + 5; k++) {
      double a = Math.exp(p[k]) / zp;
      sum += a * (Math.log(a) - Math.log(Math.exp(q[k]) / zq));
    }
    return sum;
  }
}
