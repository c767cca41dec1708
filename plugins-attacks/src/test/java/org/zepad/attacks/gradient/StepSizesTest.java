package org.zepad.attacks.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepSizesTest {

  @Test
  void aHundredStepsAreReviewedWhereThePaperSays() {
    assertThat(StepSizes.checkpoints(100)).containsExactly(22, 41, 57, 70, 80, 87, 93, 99);
    assertThat(StepSizes.checkpoints(10)).containsExactly(3, 5, 6, 7, 8, 9, 10);
    assertThat(StepSizes.checkpoints(1)).containsExactly(1);
  }

  @Test
  void aLossThatRisesAtEveryStepKeepsTheStepSize() {
    StepSizes sizes = new StepSizes(100, 0.5, new float[] {0});
    for (int k = 1; k <= 100; k++) {
      assertThat(sizes.record(new float[] {k})).containsExactly(true);
      assertThat(sizes.halveAt(k)).containsExactly(false);
    }
    assertThat(sizes.values()).containsExactly(0.5f);
    assertThat(sizes.top()).containsExactly(100);
  }

  @Test
  void eachImageIsHalvedByItsOwnLosses() {
    StepSizes sizes = new StepSizes(100, 0.5, new float[] {0, 0, 0});
    List<Integer> halved = new ArrayList<>();
    for (int k = 1; k <= 41; k++) {
      // The first rises 16 times of 22, which is fewer than 16.5; the second 17 times; the third
      // rises at every step, but never above where it began.
      float first = k <= 16 ? k : 16 - k;
      float second = k <= 17 ? k : 17 - k;
      sizes.record(new float[] {first, second, k - 100});
      boolean[] now = sizes.halveAt(k);
      for (int i = 0; i < 3; i++) {
        if (now[i]) {
          halved.add(100 * k + i);
        }
      }
    }
    // After 41 steps the first was halved last time and fell at each step since; the second, too.
    // The third rose at each step, was halved last time, and so is left alone.
    assertThat(halved).containsExactly(2200, 2202, 4100, 4101);
    assertThat(sizes.values()).containsExactly(0.125f, 0.25f, 0.25f);
    assertThat(sizes.top()).containsExactly(16, 17, 0);
  }
}
