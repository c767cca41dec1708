package org.zepad.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PaletteTest {
  /** The colour of the page, first light, then dark. */
  private static final List<String> PAGES = pages();

  /**
   * From linear RGB to what protanopes, deuteranopes and tritanopes see (Machado et al. 2009,
   * severity 1).
   */
  private static final double[][][] BLINDNESS = {
    {
      {0.152286, 1.052583, -0.204868},
      {0.114503, 0.786281, 0.099216},
      {-0.003882, -0.048116, 1.051998}
    },
    {
      {0.367322, 0.860646, -0.227968},
      {0.280085, 0.672501, 0.047413},
      {-0.011820, 0.042940, 0.968881}
    },
    {
      {1.255528, -0.076749, -0.178779},
      {-0.078411, 0.930809, 0.147602},
      {0.004733, 0.691367, 0.303900}
    },
  };

  private static List<String> pages() {
    Matcher matcher = Pattern.compile("--page: (#[0-9a-f]{6})").matcher(Stylesheet.css());
    return matcher.results().map(result -> result.group(1)).toList();
  }

  private static double[] linear(String colour) {
    double[] linear = new double[3];
    for (int i = 0; i < 3; i++) {
      double value = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      linear[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
    return linear;
  }

  /** WCAG 2.2. */
  private static double contrast(String one, String other) {
    double a = luminance(linear(one)) + 0.05;
    double b = luminance(linear(other)) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(double[] linear) {
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  private static double[] seen(double[] linear, double[][] by) {
    double[] seen = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        seen[i] += by[i][j] * linear[j];
      }
      seen[i] = Math.max(0, Math.min(1, seen[i]));
    }
    return seen;
  }

  /** CIE 1976, of D65. */
  private static double[] lab(double[] c) {
    double x = f((0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.9505);
    double y = f(luminance(c));
    double z = f((0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.089);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double f(double t) {
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116.0;
  }

  private static double difference(double[] one, double[] other) {
    double[] a = lab(one);
    double[] b = lab(other);
    return Math.sqrt(
        (a[0] - b[0]) * (a[0] - b[0])
            + (a[1] - b[1]) * (a[1] - b[1])
            + (a[2] - b[2]) * (a[2] - b[2]));
  }

  @Test
  void everyColourStandsOutFromThePage() {
    assertThat(PAGES).hasSize(2);
    for (int scheme = 0; scheme < 2; scheme++) {
      for (String colour : scheme == 0 ? Palette.LIGHT : Palette.DARK) {
        assertThat(contrast(colour, PAGES.get(scheme))).as(colour).isGreaterThan(3);
      }
    }
  }

  @Test
  void theColourBlindTellTheColoursApart() {
    for (List<String> palette : List.of(Palette.LIGHT, Palette.DARK)) {
      for (double[][] blindness : BLINDNESS) {
        for (int i = 0; i < palette.size(); i++) {
          for (int j = 0; j < i; j++) {
            double[] one = seen(linear(palette.get(i)), blindness);
            double[] other = seen(linear(palette.get(j)), blindness);
            assertThat(difference(one, other))
                .as("%s and %s", palette.get(i), palette.get(j))
                .isGreaterThan(i < 5 ? 15 : 11);
          }
        }
      }
    }
  }

  @Test
  void fortyCurvesAreToldApartByColourWithMarkersOrDashes() {
    assertThat(Palette.DARK).hasSameSizeAs(Palette.LIGHT);
    Set<String> markers = new HashSet<>();
    Set<String> dashes = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      assertThat(markers.add(Palette.colour(i) + Palette.marker(i))).isTrue();
      assertThat(dashes.add(Palette.colour(i) + Palette.dashes(i))).isTrue();
    }
  }
}
