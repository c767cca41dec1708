package org.zepad.core.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void oddAndEvenNumbersOfMeasurementsHaveAMedian() {
    assertThat(Spread.of(new double[] {5, 1, 3})).isEqualTo(new Spread(3, 1, 5));
    assertThat(Spread.of(new double[] {4, 1, 3, 2})).isEqualTo(new Spread(2.5, 1, 4));
    assertThat(Spread.of(new double[] {7})).isEqualTo(new Spread(7, 7, 7));
    assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(new double[0]));
  }

  @Test
  void aPercentileIsAMeasurementAndNotInterpolated() {
    double[] values = IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray();
    assertThat(Spread.percentile(values, 0.5)).isEqualTo(100);
    assertThat(Spread.percentile(values, 0.99)).isEqualTo(198);
    assertThat(Spread.percentile(values, 1)).isEqualTo(200);
    assertThat(Spread.percentile(new double[] {3, 1}, 0.99)).isEqualTo(3);
  }

  @Test
  void theLongestTimeIsTheLeastSpeed() {
    assertThat(new Spread(2, 1, 4).inverse(seconds -> 8 / seconds)).isEqualTo(new Spread(4, 2, 8));
  }
}
