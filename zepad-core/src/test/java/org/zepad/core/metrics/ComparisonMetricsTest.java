package org.zepad.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ComparisonMetricsTest {

  /** By hand: twice the lower tail of a fair coin thrown as often as the two differ. */
  @Test
  void mcNemarIsTwiceTheTailOfAFairCoin() {
    assertThat(new McNemar(0, 0).pValue()).isEqualTo(1);
    assertThat(new McNemar(1, 1).pValue()).isEqualTo(1);
    assertThat(new McNemar(5, 0).pValue()).isCloseTo(2.0 / 32, within(1e-12));
    assertThat(new McNemar(1, 9).pValue()).isCloseTo(2 * 11.0 / 1024, within(1e-12));
    assertThat(new McNemar(8, 2).pValue()).isCloseTo(2 * 56.0 / 1024, within(1e-12));
    assertThat(new McNemar(2, 8).pValue()).isEqualTo(new McNemar(8, 2).pValue());
  }

  /** Far beyond where factorials overflow; by the normal approximation, z = 99.5 / sqrt(500). */
  @Test
  void mcNemarHoldsForManyImages() {
    assertThat(new McNemar(1050, 950).pValue()).isCloseTo(0.0268, within(2e-4));
    assertThat(new McNemar(3000, 0).pValue()).isLessThan(1e-300);
  }

  @Test
  void mcNemarCountsWhereTheOutcomesDiffer() {
    McNemar test =
        McNemar.of(
            new boolean[] {true, true, false, false, true},
            new boolean[] {true, false, true, false, false});
    assertThat(test).isEqualTo(new McNemar(2, 1));
    assertThat(test.firstBetter(0.05)).isFalse();
    assertThat(new McNemar(9, 1).firstBetter(0.05)).isTrue();
    assertThat(new McNemar(1, 9).firstBetter(0.05)).isFalse();
    assertThatThrownBy(() -> McNemar.of(new boolean[1], new boolean[2]))
        .hasMessageContaining("same images");
  }

  @Test
  void severalSeedsHaveMeanAndSampleDeviation() {
    MeanDeviation three = MeanDeviation.of(2, 4, 9);
    assertThat(three.n()).isEqualTo(3);
    assertThat(three.mean()).isEqualTo(5);
    assertThat(three.deviation()).isCloseTo(Math.sqrt(13), within(1e-12));
    assertThat(MeanDeviation.of(7).deviation()).isNaN();
    assertThat(MeanDeviation.of().mean()).isNaN();
  }

  @Test
  void aHistogramCountsEveryValueOnce() {
    Histogram histogram = Histogram.of(new float[] {0, 0.24f, 0.25f, 0.99f, 1, -3, 7}, 0, 1, 4);
    assertThat(histogram.counts()).containsExactly(3, 1, 0, 3);
    assertThatThrownBy(() -> Histogram.of(new float[0], 1, 1, 4)).hasMessageContaining("low");
  }

  @Test
  void theRocCurveHasTheAreaOfItsAuroc() {
    SplittableRandom random = new SplittableRandom(5);
    float[] benign = new float[150];
    float[] attacked = new float[90];
    for (int i = 0; i < benign.length; i++) {
      benign[i] = random.nextInt(40);
    }
    for (int i = 0; i < attacked.length; i++) {
      attacked[i] = 10 + random.nextInt(40);
    }
    var roc = Separation.roc(benign, attacked, 200);
    double area = 0;
    for (int i = 1; i < roc.size(); i++) {
      assertThat(roc.get(i).fpr()).isGreaterThanOrEqualTo(roc.get(i - 1).fpr());
      area +=
          (roc.get(i).fpr() - roc.get(i - 1).fpr()) * (roc.get(i).tpr() + roc.get(i - 1).tpr()) / 2;
    }
    assertThat(area).isCloseTo(Separation.auroc(benign, attacked), within(1e-12));
    assertThat(Separation.roc(benign, attacked, 10))
        .hasSize(10)
        .startsWith(new RocPoint(0, 0))
        .endsWith(new RocPoint(1, 1));
  }

  @Test
  void outcomesAreRebuiltFromWhatWasStored() {
    Outcomes made = new Outcomes(7);
    made.add(new float[] {7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1}, new long[] {0, 6});
    Outcomes again = Outcomes.of(7, made.labels(), made.predictions(), made.inTopFive());
    assertThat(again.rights()).containsExactly(true, false);
    assertThat(again.topFive()).isEqualTo(made.topFive()).isEqualTo(new Rate(1, 2));
    again.add(new float[] {1, 0, 0, 0, 0, 0, 0}, new long[] {0});
    assertThat(again.accuracy()).isEqualTo(new Rate(2, 3));
    assertThatThrownBy(() -> Outcomes.of(2, new int[] {2}, new int[] {0}, new boolean[1]))
        .hasMessageContaining("2 classes");
    assertThatThrownBy(() -> Outcomes.of(2, new int[] {1}, new int[0], new boolean[1]))
        .hasMessageContaining("images");
  }
}
