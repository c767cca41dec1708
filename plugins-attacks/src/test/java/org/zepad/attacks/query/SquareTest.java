package org.zepad.attacks.query;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.attacks.SmallBench;
import org.zepad.attacks.ascent.Margins;

class SquareTest {
  private final SmallBench bench = new SmallBench(12, 10);

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void squaresShrinkAsPublished() {
    double[] shares = new double[10];
    int[] at = {0, 11, 51, 201, 501, 1001, 2001, 4001, 6001, 8001};
    for (int i = 0; i < at.length; i++) {
      shares[i] = Square.shareAt(at[i], 10000, 0.8);
      assertThat(shares[i]).as("square %d", at[i]).isEqualTo(0.8 / (1 << i));
      if (i > 0) {
        assertThat(Square.shareAt(at[i] - 1, 10000, 0.8)).isEqualTo(0.8 / (1 << (i - 1)));
      }
    }
    // With fewer squares, in proportion.
    assertThat(Square.shareAt(50, 100, 0.8)).isEqualTo(Square.shareAt(5000, 10000, 0.8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.3, 1})
  void theBudgetIsKeptToTheLastBit(double epsilon) {
    NDArray reached = attack(epsilon, 40, bench.target);
    float[] x = bench.images.toFloatArray();
    float[] y = reached.toFloatArray();
    for (int i = 0; i < x.length; i++) {
      assertThat(y[i])
          .isBetween(Math.max(0, x[i] - (float) epsilon), Math.min(1, x[i] + (float) epsilon));
    }
    if (epsilon == 0) {
      assertThat(y).isEqualTo(x);
    }
  }

  @Test
  void itFoolsAndNeverHurts() {
    float[] before = Margins.of(bench.target.logits(bench.images), bench.labels);
    float[] after = Margins.of(bench.target.logits(attack(0.1, 200, bench.target)), bench.labels);
    int fooled = 0;
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isGreaterThanOrEqualTo(before[i] - 1e-6f);
      fooled += after[i] > 0 ? 1 : 0;
    }
    assertThat(fooled).isGreaterThanOrEqualTo(6);
  }

  @Test
  void itAsksForScoresAloneAndNoOftenerThanAllowed() {
    List<Long> batches = new ArrayList<>();
    Target watched =
        images -> {
          assertThat(images.hasGradient()).as("a gradient is recorded").isFalse();
          batches.add(images.getShape().get(0));
          return bench.target.logits(images);
        };
    attack(0.004, 30, watched);
    assertThat(batches).hasSizeLessThanOrEqualTo(30).startsWith(12L, 12L);
    assertThat(batches).as("the fooled drop out").isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(new SquareProvider().knowledge()).isEqualTo(Knowledge.QUERIES);
  }

  @Test
  void whatIsWrongAnywayIsLeftAlone() {
    long[] labels = bench.labels.toLongArray();
    labels[2] = (labels[2] + 1) % 10;
    NDArray reached =
        create(0.1, 60)
            .perturb(
                bench.target, bench.images, bench.context.manager().create(labels), bench.context);
    double[] changes = SmallBench.distances(reached, bench.images);
    assertThat(changes[2]).isZero();
    assertThat(Arrays.stream(changes).sum()).isPositive();
  }

  @Test
  void theSeedDecidesAndInputsStay() {
    float[] before = bench.images.toFloatArray();
    int arrays = 0;
    float[] first = attack(0.02, 10, bench.target).toFloatArray();
    for (int i = 0; i < 5; i++) {
      try (NDManager step = bench.context.manager().newSubManager()) {
        NDArray batch = bench.images.stopGradient();
        batch.attach(step);
        NDArray again = create(0.02, 10).perturb(bench.target, batch, bench.labels, bench.context);
        assertThat(again.toFloatArray()).isEqualTo(first);
        assertThat(step.getManagedArrays()).as("images and result, no more").hasSize(2);
      }
      assertThat(bench.arrays()).isEqualTo(i == 0 ? bench.arrays() : arrays);
      arrays = bench.arrays();
    }
    assertThat(bench.images.toFloatArray()).isEqualTo(before);
    try (RunContext other = bench.context.child("other")) {
      assertThat(
              create(0.02, 10)
                  .perturb(bench.target, bench.images, bench.labels, other)
                  .toFloatArray())
          .isNotEqualTo(first);
    }
  }

  private static SampleAttack create(double epsilon, int queries) {
    return (SampleAttack) new SquareProvider().create(new SquareOptions(epsilon, queries, 0.8));
  }

  private NDArray attack(double epsilon, int queries, Target target) {
    return create(epsilon, queries).perturb(target, bench.images, bench.labels, bench.context);
  }
}
