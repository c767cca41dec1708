package org.zepad.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.ssl.ViewSpec;

class ViewMakerTest {
  private static final ViewSpec PLAIN = new ViewSpec(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  private static final ViewSpec EVERYTHING =
      new ViewSpec(0.08, 1, 0.5, 1, 0.8, 0.8, 0.8, 0.5, 0.2, 0.5, 0.2, 1);

  private static float[] view(RgbImage image, ViewSpec spec, int size, long seed) {
    float[] out = new float[3 * size * size];
    new ViewMaker().make(image, spec, size, new SplittableRandom(seed), out, 0);
    return out;
  }

  @Test
  void withoutChangesAViewIsTheImage() {
    RgbImage image = new NoiseImages(1, 1, 16, 16).image(0);
    float[] view = view(image, PLAIN, 16, 3);
    for (int i = 0; i < view.length; i++) {
      assertThat(view[i]).isCloseTo((image.planes()[i] & 255) / 255f, within(1e-6f));
    }
  }

  @Test
  void aFlipMirrorsLeftAndRight() {
    RgbImage image = new NoiseImages(1, 1, 16, 16).image(0);
    ViewSpec flip = new ViewSpec(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    float[] plain = view(image, PLAIN, 11, 3);
    float[] mirrored = view(image, flip, 11, 3);
    for (int i = 0; i < plain.length; i++) {
      assertThat(mirrored[i - i % 11 + 10 - i % 11]).isCloseTo(plain[i], within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 32, 64})
  void everyViewStaysInRangeAndLeavesTheImageAlone(int size) {
    NoiseImages images = new NoiseImages(200, 1, 32, 24);
    for (int i = 0; i < 200; i++) {
      RgbImage image = images.image(i);
      byte[] before = image.planes().clone();
      for (float value : view(image, EVERYTHING, size, i)) {
        assertThat(value).isBetween(0f, 1f);
      }
      assertThat(image.planes()).isEqualTo(before);
    }
  }

  @Test
  void scratchMemoryCarriesNothingOver() {
    NoiseImages images = new NoiseImages(2, 1, 40, 20);
    ViewMaker used = new ViewMaker();
    for (int seed = 0; seed < 50; seed++) {
      used.make(
          images.image(1), EVERYTHING, 50 - seed, new SplittableRandom(1), new float[7500], 0);
      float[] out = new float[5 + 3 * 256];
      used.make(images.image(0), EVERYTHING, 16, new SplittableRandom(seed), out, 5);
      assertThat(java.util.Arrays.copyOfRange(out, 5, out.length))
          .isEqualTo(view(images.image(0), EVERYTHING, 16, seed));
    }
  }

  @Test
  void cropsHaveTheirSharesOfTheArea() {
    SplittableRandom random = new SplittableRandom(4);
    double sum = 0;
    for (int n = 0; n < 5000; n++) {
      ViewMaker.Crop crop = ViewMaker.crop(100, 100, 0.2, 0.6, random);
      double share = crop.width() * crop.height() / 10_000.0;
      double aspect = (double) crop.width() / crop.height();
      assertThat(share).isBetween(0.19, 0.61);
      assertThat(aspect).isBetween(0.73, 1.37);
      assertThat(crop.x()).isBetween(0, 100 - crop.width());
      assertThat(crop.y()).isBetween(0, 100 - crop.height());
      sum += share;
    }
    assertThat(sum / 5000).isCloseTo(0.4, within(0.01));
  }

  @Test
  void anImpossibleCropTakesTheMiddle() {
    assertThat(ViewMaker.crop(300, 100, 1, 1, new SplittableRandom(1)))
        .isEqualTo(new ViewMaker.Crop(83, 0, 133, 100));
    assertThat(ViewMaker.crop(100, 300, 1, 1, new SplittableRandom(1)))
        .isEqualTo(new ViewMaker.Crop(0, 83, 100, 133));
  }

  @Test
  void blurKeepsTheMeanOfAFlatImageAndSpreadsADot() {
    float[] x = new float[3 * 81];
    x[40] = 1;
    java.util.Arrays.fill(x, 81, 162, 0.5f);
    new Blur().blur(x, 0, 9, 1);
    double sum = 0;
    for (int i = 0; i < 81; i++) {
      sum += x[i];
      assertThat(x[81 + i]).isCloseTo(0.5f, within(1e-6f));
      assertThat(x[162 + i]).isZero();
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
    // exp(-1/2) between neighbours.
    assertThat(x[41] / x[40]).isCloseTo((float) Math.exp(-0.5), within(1e-5f));
    assertThat(x[49]).isCloseTo(x[41], within(1e-7f));
  }
}
