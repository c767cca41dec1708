package org.zepad.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DetectionThresholdTest {

  @Test
  void letsExactlyTheWantedSharePass() {
    float[] scores = new float[20];
    for (int i = 0; i < 20; i++) {
      scores[i] = (i * 7) % 20;
    }
    DetectionThreshold threshold = DetectionThreshold.calibrate(scores, 0.05);
    assertThat(threshold.value()).isEqualTo(18);
    assertThat(threshold.flagged(scores)).isEqualTo(1);
    assertThat(DetectionThreshold.calibrate(scores, 0).flagged(scores)).isZero();
  }

  @Test
  void neverExceedsTheWantedRateAndIsMonotone() {
    SplittableRandom random = new SplittableRandom(5);
    for (int run = 0; run < 200; run++) {
      float[] scores = new float[1 + random.nextInt(60)];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextInt(9);
      }
      double before = Double.POSITIVE_INFINITY;
      for (double fpr = 0; fpr < 1; fpr += 0.07) {
        DetectionThreshold threshold = DetectionThreshold.calibrate(scores, fpr);
        assertThat((double) threshold.flagged(scores) / scores.length).isLessThanOrEqualTo(fpr);
        assertThat(threshold.value()).isLessThanOrEqualTo(before);
        before = threshold.value();
      }
    }
  }

  @Test
  void refusesWhatCannotBeCalibrated() {
    assertThatThrownBy(() -> DetectionThreshold.calibrate(new float[0], 0.05))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DetectionThreshold.calibrate(new float[] {1, Float.NaN}, 0.05))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DetectionThreshold.calibrate(new float[] {1}, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
