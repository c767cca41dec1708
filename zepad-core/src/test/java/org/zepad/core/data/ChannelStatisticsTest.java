package org.zepad.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.RgbImage;

class ChannelStatisticsTest {

  @Test
  void agreesWithTwoPassesInDouble() {
    NoiseImages images = new NoiseImages(30, 3, 7, 5);
    int[] indices = {3, 8, 21};
    ChannelStatistics statistics = ChannelStatistics.of(images, indices);
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      for (int index : indices) {
        for (int i = 0; i < 35; i++) {
          sum += value(images.image(index), c, i);
        }
      }
      double mean = sum / 105;
      double squares = 0;
      for (int index : indices) {
        for (int i = 0; i < 35; i++) {
          squares += Math.pow(value(images.image(index), c, i) - mean, 2);
        }
      }
      assertThat(statistics.mean().get(c)).isCloseTo(mean, within(1e-12));
      assertThat(statistics.std().get(c)).isCloseTo(Math.sqrt(squares / 105), within(1e-12));
    }
    assertThat(statistics.preprocessing(32).mean()).isEqualTo(statistics.mean());
  }

  private static double value(RgbImage image, int channel, int i) {
    return (image.planes()[channel * 35 + i] & 255) / 255.0;
  }

  @Test
  void aFlatChannelStillMakesAPreprocessing() {
    ChannelStatistics flat = ChannelStatistics.of(new NoiseImages(1, 1, 1, 1), new int[] {0});
    assertThat(flat.std()).containsExactly(0.0, 0.0, 0.0);
    assertThat(flat.preprocessing(8).std()).allMatch(s -> s == 1.0 / 255);
  }

  @Test
  void nothingIsRefused() {
    assertThatThrownBy(() -> ChannelStatistics.of(new NoiseImages(1, 1, 1, 1), new int[0]))
        .isInstanceOf(ZepadException.class);
  }
}
