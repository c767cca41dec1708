package org.zepad.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ColoursTest {

  @Test
  void brightnessContrastAndSaturationByHand() {
    float[] x = {0.5f, 0.2f, 0.1f};
    Colours.brightness(x, 0, 1, 3);
    assertThat(x).containsExactly(new float[] {1, 0.6f, 0.3f}, within(1e-6f));
    float grey = 0.2989f + 0.587f * 0.6f + 0.114f * 0.3f;
    float[] saturated = x.clone();
    Colours.saturation(saturated, 0, 1, 0.5f);
    assertThat(saturated[2]).isCloseTo(0.15f + 0.5f * grey, within(1e-6f));
    // Of one pixel the mean grey is its grey: contrast and saturation agree.
    float[] contrasted = x.clone();
    Colours.contrast(contrasted, 0, 1, 0.5f);
    assertThat(contrasted).containsExactly(saturated, within(1e-6f));
    Colours.greyscale(x, 0, 1);
    assertThat(x).containsExactly(new float[] {grey, grey, grey}, within(1e-6f));
  }

  @Test
  void solarizeInvertsTheUpperHalf() {
    float[] x = {0.5f, 0.25f, 0.75f};
    Colours.solarize(x, 0, 1);
    assertThat(x).containsExactly(0.5f, 0.25f, 0.25f);
  }

  @Test
  void aThirdOfATurnMovesTheChannelsOn() {
    float[] x = {0.9f, 0.2f, 0.4f};
    Colours.hue(x, 0, 1, 1 / 3f);
    assertThat(x).containsExactly(new float[] {0.4f, 0.9f, 0.2f}, within(1e-6f));
  }

  @Test
  void hueAgreesWithTorchvisionsFormulas() {
    SplittableRandom random = new SplittableRandom(5);
    for (int n = 0; n < 20_000; n++) {
      // Coarse values, so that equal channels occur.
      double[] rgb = new double[3];
      for (int c = 0; c < 3; c++) {
        rgb[c] = random.nextInt(9) / 8.0;
      }
      double shift = random.nextInt(33) / 32.0 - 0.5;
      float[] x = {(float) rgb[0], (float) rgb[1], (float) rgb[2]};
      Colours.hue(x, 0, 1, (float) shift);
      double[] expected = reference(rgb[0], rgb[1], rgb[2], shift);
      for (int c = 0; c < 3; c++) {
        assertThat((double) x[c]).isCloseTo(expected[c], within(1e-5));
      }
    }
  }

  // torchvision.transforms._functional_tensor: _rgb2hsv, adjust_hue, _hsv2rgb.
  private static double[] reference(double r, double g, double b, double shift) {
    double max = Math.max(r, Math.max(g, b));
    double min = Math.min(r, Math.min(g, b));
    boolean equal = max == min;
    double chroma = max - min;
    double s = chroma / (equal ? 1 : max);
    double divisor = equal ? 1 : chroma;
    double rc = (max - r) / divisor;
    double gc = (max - g) / divisor;
    double bc = (max - b) / divisor;
    double hr = max == r ? bc - gc : 0;
    double hg = max == g && max != r ? 2 + rc - bc : 0;
    double hb = max != g && max != r ? 4 + gc - rc : 0;
    double h = ((hr + hg + hb) / 6 + 1) % 1;
    h = ((h + shift) % 1 + 1) % 1;
    double i = Math.floor(h * 6);
    double f = h * 6 - i;
    double p = max * (1 - s);
    double q = max * (1 - s * f);
    double t = max * (1 - s * (1 - f));
    return switch ((int) i % 6) {
      case 0 -> new double[] {max, t, p};
      case 1 -> new double[] {q, max, p};
      case 2 -> new double[] {p, max, t};
      case 3 -> new double[] {p, q, max};
      case 4 -> new double[] {t, p, max};
      default -> new double[] {max, p, q};
    };
  }
}
