package org.zepad.attacks.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.SampleAttack;
import org.zepad.attacks.SmallBench;
import org.zepad.attacks.ascent.Margins;

class AutoPgdTest {
  private final SmallBench bench = new SmallBench(16, 10);

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource({"LINF, 0.02", "LINF, 0.3", "L2, 0.5", "L2, 5"})
  void theBudgetIsKept(BallNorm norm, double epsilon) {
    NDArray reached = attack(epsilon, 8, 1, ApgdLoss.CROSS_ENTROPY, norm);
    if (norm == BallNorm.LINF) {
      assertThat(SmallBench.largestChange(reached, bench.images))
          .isBetween(epsilon / 2, epsilon + 1e-7);
    } else {
      for (double size : SmallBench.distances(reached, bench.images)) {
        assertThat(size).isBetween(epsilon / 4, epsilon * (1 + 1e-6));
      }
    }
    assertThat(reached.min().getFloat()).isGreaterThanOrEqualTo(0);
    assertThat(reached.max().getFloat()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(BallNorm.class)
  void nothingChangesWithoutABudget(BallNorm norm) {
    NDArray reached = attack(0, 3, 2, ApgdLoss.DLR, norm);
    assertThat(reached.toFloatArray()).isEqualTo(bench.images.toFloatArray());
  }

  @ParameterizedTest
  @EnumSource(ApgdLoss.class)
  void itIsAtLeastAsStrongAsPgdOfAsManySteps(ApgdLoss loss) {
    int byPgd = 0;
    int byApgd = 0;
    for (double epsilon : new double[] {0.004, 0.01, 0.02}) {
      SampleAttack pgd =
          (SampleAttack)
              new PgdProvider()
                  .create(
                      new PgdOptions(
                          epsilon, epsilon / 4, 30, true, BallNorm.LINF, PgdLoss.CROSS_ENTROPY));
      NDArray rival = pgd.perturb(bench.target, bench.images, bench.labels, bench.context);
      NDArray reached = attack(epsilon, 30, 1, loss, BallNorm.LINF);
      assertThat(mistakes(reached)).isGreaterThanOrEqualTo(mistakes(rival));
      if (loss == ApgdLoss.CROSS_ENTROPY) {
        // The other loss does not climb what is compared here.
        assertThat(mean(margins(reached))).isGreaterThan(mean(margins(rival)) - 1e-3);
      }
      byPgd += mistakes(rival);
      byApgd += mistakes(reached);
    }
    assertThat(byPgd).as("the comparison says something").isBetween(3, 45);
    assertThat(byApgd).isBetween(byPgd, 48);
  }

  @Test
  void noImageIsEverMadeEasierAndRestartsOnlyHelp() {
    float[] clean = margins(bench.images);
    float[] once = margins(attack(0.006, 5, 1, ApgdLoss.CROSS_ENTROPY, BallNorm.LINF));
    float[] often = margins(attack(0.006, 5, 4, ApgdLoss.CROSS_ENTROPY, BallNorm.LINF));
    for (int i = 0; i < clean.length; i++) {
      assertThat(once[i]).isGreaterThanOrEqualTo(clean[i]);
      assertThat(often[i]).isGreaterThanOrEqualTo(once[i] - 1e-5f);
    }
    assertThat(mean(often)).isGreaterThan(mean(once));
  }

  @Test
  void whatIsWrongAnywayIsLeftAlone() {
    long[] labels = bench.labels.toLongArray();
    labels[3] = (labels[3] + 1) % 10;
    NDArray reached =
        create(0.02, 4, 1, ApgdLoss.CROSS_ENTROPY, BallNorm.LINF)
            .perturb(
                bench.target, bench.images, bench.context.manager().create(labels), bench.context);
    double[] changes = SmallBench.distances(reached, bench.images);
    assertThat(changes[3]).isZero();
    assertThat(changes[4]).isPositive();
  }

  @Test
  void theSeedDecides() {
    float[] first = attack(0.02, 3, 1, ApgdLoss.DLR, BallNorm.L2).toFloatArray();
    assertThat(attack(0.02, 3, 1, ApgdLoss.DLR, BallNorm.L2).toFloatArray()).isEqualTo(first);
    try (RunContext other = bench.context.child("other")) {
      assertThat(
              create(0.02, 3, 1, ApgdLoss.DLR, BallNorm.L2)
                  .perturb(bench.target, bench.images, bench.labels, other)
                  .toFloatArray())
          .isNotEqualTo(first);
    }
  }

  @Test
  void twoClassesAreTooFewForTheRatio() {
    try (SmallBench two = new SmallBench(2, 2)) {
      assertThatThrownBy(
              () ->
                  create(0.02, 3, 1, ApgdLoss.DLR, BallNorm.LINF)
                      .perturb(two.target, two.images, two.labels, two.context))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("at least 3 classes");
      assertThat(
              create(0.02, 3, 1, ApgdLoss.CROSS_ENTROPY, BallNorm.LINF)
                  .perturb(two.target, two.images, two.labels, two.context))
          .isNotNull();
    }
  }

  @Test
  void inputsStayAsTheyWereAndNothingIsLeftBehind() {
    float[] before = bench.images.toFloatArray();
    int[] arrays = new int[10];
    for (int i = 0; i < arrays.length; i++) {
      try (NDManager step = bench.context.manager().newSubManager()) {
        NDArray batch = bench.images.stopGradient();
        batch.attach(step);
        create(0.02, 6, 2, ApgdLoss.DLR, BallNorm.LINF)
            .perturb(bench.target, batch, bench.labels, bench.context);
        assertThat(step.getManagedArrays()).as("images and result, no more").hasSize(2);
        assertThat(batch.hasGradient()).isFalse();
      }
      arrays[i] = bench.arrays();
    }
    assertThat(arrays[9]).isEqualTo(arrays[1]);
    assertThat(bench.images.toFloatArray()).isEqualTo(before);
  }

  private static SampleAttack create(
      double epsilon, int steps, int restarts, ApgdLoss loss, BallNorm norm) {
    return (SampleAttack)
        new ApgdProvider().create(new ApgdOptions(epsilon, steps, restarts, loss, norm));
  }

  private NDArray attack(double epsilon, int steps, int restarts, ApgdLoss loss, BallNorm norm) {
    return create(epsilon, steps, restarts, loss, norm)
        .perturb(bench.target, bench.images, bench.labels, bench.context);
  }

  private float[] margins(NDArray points) {
    return Margins.of(bench.target.logits(points), bench.labels);
  }

  private int mistakes(NDArray points) {
    int count = 0;
    for (float margin : margins(points)) {
      count += margin > 0 ? 1 : 0;
    }
    return count;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
