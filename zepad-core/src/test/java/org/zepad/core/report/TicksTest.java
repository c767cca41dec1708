package org.zepad.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TicksTest {
  private static final Axis LINEAR = Axis.linear("");
  private static final Axis LOG = Axis.log("");

  @Test
  void ticksAreRoundNumbersAroundTheValues() {
    assertThat(Ticks.of(LINEAR, 0, 16).values())
        .containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0);
    assertThat(Ticks.of(LINEAR, 0.3, 9.4).values()).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
    assertThat(Ticks.of(LINEAR, -1.2e-5, 3e-5).values()).hasSizeBetween(4, 9);
    assertThat(Ticks.of(Axis.share(""), 0.4, 0.5).decimals()).isEqualTo(1);
  }

  @Test
  void betweenWholeNumbersThereAreNoTicks() {
    assertThat(Ticks.of(LINEAR, 1, 2, 5).values()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
    assertThat(Ticks.of(LINEAR, 1, 2.5, 5).values()).contains(1.5);
    assertThat(Ticks.of(Axis.share(""), 0, 1).values()).contains(0.2);
  }

  @Test
  void givenEndsAreKept() {
    Ticks ticks = Ticks.of(LINEAR.between(0.5, 7.5), 1.5, 2);
    assertThat(ticks.low()).isEqualTo(0.5);
    assertThat(ticks.high()).isEqualTo(7.5);
    assertThat(ticks.values()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
  }

  @Test
  void magnitudesAreSubdividedWhereTheyAreFew() {
    assertThat(Ticks.of(LOG, 1, 64).values())
        .containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0);
    assertThat(Ticks.of(LOG, 1e-5, 0.1).values()).containsExactly(1e-5, 1e-4, 1e-3, 0.01, 0.1);
    assertThat(Ticks.of(LOG, 1e-12, 1).values()).hasSizeLessThan(9);
  }

  @Test
  void noneOneOrEqualValuesHaveAnAxisToo() {
    assertThat(Ticks.of(LINEAR).values()).contains(0.0, 1.0);
    assertThat(Ticks.of(LINEAR, 5, 5).high()).isGreaterThan(5);
    assertThat(Ticks.of(LOG, 5, 5).low()).isEqualTo(1);
    assertThat(Ticks.of(LOG).low()).isEqualTo(1);
    assertThat(Ticks.of(new Axis("", Axis.Scale.LINEAR, false, Double.NaN, 3), 5, 6).high())
        .isEqualTo(3);
  }

  @Test
  void anyRangeGivesAFewGrowingTicksThatHoldIt() {
    long seed = Long.getLong("zepad.ticks.seed", 1);
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      double from = random.nextGaussian() * Math.pow(10, random.nextInt(16) - 8);
      double to = from + Math.pow(10, random.nextInt(12) - 6) * (0.01 + random.nextDouble());
      Ticks ticks = Ticks.of(LINEAR, from, to);
      String as = "-Dzepad.ticks.seed=" + seed + ", from " + from + " to " + to + ": " + ticks;
      assertThat(ticks.values()).as(as).hasSizeBetween(3, 11).isSorted();
      // A narrow range far from zero is only some roundings wide.
      double slack = 1e-6 * (to - from) + 2 * Math.ulp(to);
      assertThat(ticks.low()).as(as).isLessThanOrEqualTo(from + slack);
      assertThat(ticks.high()).as(as).isGreaterThanOrEqualTo(to - slack);
    }
  }
}
