package org.zepad.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.testkit.Golden;

class MetricsTest {

  static Stream<Path> cases() {
    return Golden.cases("metrics", "logits_");
  }

  @Tag("golden")
  @ParameterizedTest
  @MethodSource("cases")
  void countsAsTheReference(Path file) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, NDArray> golden = Golden.load(file, manager);
      Outcomes clean = outcomes(golden, "logits_clean");
      Outcomes attacked = outcomes(golden, "logits_adv");

      assertThat(clean.predictions()).isEqualTo(ints(golden.get("pred_clean")));
      assertThat(attacked.predictions()).isEqualTo(ints(golden.get("pred_adv")));
      assertPercent(golden, "top1", clean.accuracy());
      assertPercent(golden, "adv_top1", attacked.accuracy());
      assertPercent(golden, "fooling", clean.changedBy(attacked));
      assertPercent(golden, "misled_among_right", clean.misledBy(attacked));
      BatchMeans means = BatchMeans.of(clean, attacked, (int) golden.get("batch").toLongArray()[0]);
      assertPercent(golden, "ref_mean_fooling", means.changed());
      if (golden.containsKey("top5")) { // absent where ties make the reference ambiguous
        assertPercent(golden, "top5", clean.topFive());
        assertPercent(golden, "adv_top5", attacked.topFive());
        assertPercent(golden, "ref_mean_top1", means.cleanTop1());
        assertPercent(golden, "ref_mean_adv_top1", means.attackedTop1());
        assertPercent(golden, "ref_mean_top5", means.cleanTop5());
        assertPercent(golden, "ref_mean_adv_top5", means.attackedTop5());
      }
    }
  }

  @Test
  void predictionAndRankNeverDisagree() {
    SplittableRandom random = new SplittableRandom(3);
    for (int run = 0; run < 500; run++) {
      int classes = 1 + random.nextInt(8);
      float[] row = new float[classes];
      for (int c = 0; c < classes; c++) {
        row[c] = random.nextInt(3);
      }
      int best = Ranking.argMax(row, 0, classes);
      boolean[] seen = new boolean[classes];
      for (int c = 0; c < classes; c++) {
        int rank = Ranking.rank(row, 0, classes, c);
        assertThat(rank == 0).isEqualTo(c == best);
        assertThat(seen[rank]).isFalse();
        seen[rank] = true;
      }
    }
  }

  @Test
  void wilsonIntervals() {
    // Worked values of the formula: 10 of 100, and the edges.
    Rate tenth = new Rate(10, 100);
    assertThat(tenth.low()).isCloseTo(0.05522914, within(1e-7));
    assertThat(tenth.high()).isCloseTo(0.17436566, within(1e-7));
    assertThat(new Rate(0, 10).low()).isZero();
    assertThat(new Rate(0, 10).high()).isCloseTo(0.27753280, within(1e-7));
    assertThat(new Rate(10, 10).high()).isEqualTo(1);
    assertThat(new Rate(0, 0).value()).isNaN();
    assertThat(tenth.plus(new Rate(1, 1))).isEqualTo(new Rate(11, 101));
    for (int n = 1; n < 60; n++) {
      for (int k = 0; k <= n; k++) {
        Rate rate = new Rate(k, n);
        assertThat(rate.value()).isBetween(rate.low(), rate.high());
      }
    }
  }

  @Test
  void aurocCountsEqualsHalf() {
    SplittableRandom random = new SplittableRandom(11);
    for (int run = 0; run < 100; run++) {
      float[] negatives = scores(random);
      float[] positives = scores(random);
      double won = 0;
      for (float p : positives) {
        for (float n : negatives) {
          won += p > n ? 1 : p == n ? 0.5 : 0;
        }
      }
      assertThat(Separation.auroc(negatives, positives))
          .isCloseTo(won / negatives.length / positives.length, within(1e-12));
    }
    assertThat(Separation.auroc(new float[] {1, 1}, new float[] {1})).isEqualTo(0.5);
    assertThat(Separation.auroc(new float[0], new float[] {1})).isNaN();
  }

  @Test
  void tprAtFpr() {
    float[] benign = new float[100];
    for (int i = 0; i < 100; i++) {
      benign[i] = i;
    }
    assertThat(Separation.tprAtFpr(benign, new float[] {94, 95, 200}, 0.05))
        .isEqualTo(new Rate(2, 3));
  }

  @Test
  void refusesNonsense() {
    Outcomes outcomes = new Outcomes(2);
    assertThatThrownBy(() -> outcomes.add(new float[] {1, Float.NaN}, new long[] {0}))
        .hasMessageContaining("not finite");
    assertThatThrownBy(() -> outcomes.add(new float[] {1, 2}, new long[] {2}))
        .hasMessageContaining("label 2");
    assertThatThrownBy(() -> new Rate(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] scores(SplittableRandom random) {
    float[] scores = new float[1 + random.nextInt(20)];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(10);
    }
    return scores;
  }

  private static Outcomes outcomes(Map<String, NDArray> golden, String logits) {
    NDArray array = golden.get(logits);
    Outcomes outcomes = new Outcomes((int) array.getShape().get(1));
    outcomes.add(array.toFloatArray(), golden.get("labels").toLongArray());
    return outcomes;
  }

  private static int[] ints(NDArray array) {
    return Arrays.stream(array.toLongArray()).mapToInt(i -> (int) i).toArray();
  }

  private static void assertPercent(Map<String, NDArray> golden, String name, Rate rate) {
    assertPercent(golden, name, rate.percent());
  }

  private static void assertPercent(Map<String, NDArray> golden, String name, double percent) {
    assertThat(percent).as(name).isCloseTo(Golden.doubles(golden.get(name))[0], within(1e-3));
  }
}
