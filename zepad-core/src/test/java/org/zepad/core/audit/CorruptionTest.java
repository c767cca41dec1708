package org.zepad.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CorruptionTest {
  private static final int SIDE = 16;

  @Test
  void everyCorruptionIsSmallDeterministicAndLeavesTheImageAlone() {
    float[] image = image();
    float[] before = image.clone();
    for (Corruption corruption : Corruption.ALL) {
      float[] once = corruption.change().of(image, SIDE, new SplittableRandom(4));
      float[] again = corruption.change().of(image, SIDE, new SplittableRandom(4));
      assertThat(once).as(corruption.name()).isEqualTo(again).isNotEqualTo(image);
      double change = 0;
      for (int i = 0; i < once.length; i++) {
        assertThat(once[i]).isBetween(0f, 1f);
        change += Math.abs(once[i] - image[i]) / once.length;
      }
      assertThat(change).as(corruption.name()).isBetween(0.001, 0.15);
    }
    assertThat(image).isEqualTo(before);
    assertThat(Corruption.ALL)
        .extracting(Corruption::name)
        .containsExactly(
            "gaussian-noise-0.05", "gaussian-noise-0.1", "gaussian-blur-1.0", "jpeg-75", "jpeg-40");
  }

  /** Blur of an even image changes nothing, not even at the edges. */
  @Test
  void blurKeepsWhatIsEven() {
    float[] even = new float[3 * SIDE * SIDE];
    Arrays.fill(even, 0.25f);
    float[] blurred = Corruption.ALL.get(2).change().of(even, SIDE, new SplittableRandom(1));
    for (float value : blurred) {
      assertThat(value).isCloseTo(0.25f, within(1e-6f));
    }
  }

  /** A smooth slope with one bright square: something for each corruption to spoil. */
  private static float[] image() {
    float[] pixels = new float[3 * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE % SIDE;
      boolean square = x > 4 && x < 9 && y > 3 && y < 8;
      pixels[i] = square ? 0.9f : 0.2f + 0.02f * x;
    }
    return pixels;
  }
}
