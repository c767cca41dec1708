package org.zepad.datasets.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

class ShapesTest {

  private static Dataset open(int train, int test, int size, long seed) {
    return new Shapes().open(new ShapesOptions(train, test, size, seed), Path.of("."));
  }

  @Test
  void testsRunOnTheModulePath() {
    assertThat(getClass().getModule().isNamed()).isTrue();
  }

  @Test
  void anImageDependsOnSeedPartAndIndexAlone() {
    Dataset one = open(100, 50, 32, 1);
    Dataset longer = open(5000, 2000, 32, 1);
    Dataset other = open(100, 50, 32, 2);
    Set<Integer> hashes = new HashSet<>();
    for (int i = 49; i >= 0; i--) {
      byte[] planes = one.train().image(i).planes();
      assertThat(longer.train().image(i).planes()).isEqualTo(planes);
      assertThat(longer.train().label(i)).isEqualTo(one.train().label(i));
      assertThat(hashes.add(Arrays.hashCode(planes))).isTrue();
      assertThat(hashes.add(Arrays.hashCode(one.test().image(i).planes()))).isTrue();
      assertThat(hashes.add(Arrays.hashCode(other.train().image(i).planes()))).isTrue();
    }
  }

  @Test
  void theImagesAreTheSameOnEveryMachineForEver() throws Exception {
    Dataset dataset = open(5000, 1000, 32, 0);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 100; i++) {
      digest.update((byte) dataset.train().label(i));
      digest.update(dataset.train().image(i).planes());
      digest.update(dataset.test().image(i).planes());
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("ee879fd1cbe5ec715777779c2703de5ab32105215ecb3ff0d75b3fc631b86f6f");
  }

  @Test
  void classesAreBalancedAndNamed() {
    Dataset dataset = open(1200, 600, 32, 3);
    assertThat(dataset.classes())
        .hasSize(12)
        .doesNotHaveDuplicates()
        .startsWith("disc-stripes", "disc-checks");
    int[] counts = new int[12];
    for (int i = 0; i < 1200; i++) {
      counts[dataset.train().label(i)]++;
    }
    assertThat(counts).containsOnly(100);
    assertThat(
            dataset.train().label(0) == dataset.train().label(12)
                && dataset.train().label(1) == dataset.train().label(13)
                && dataset.train().label(2) == dataset.train().label(14))
        .as("each run of twelve has an order of its own")
        .isFalse();
  }

  @Test
  void everySizeIsDrawn() {
    for (int size : new int[] {16, 33, 96}) {
      RgbImage image = open(3, 3, size, 0).test().image(2);
      assertThat(image.width()).isEqualTo(size);
      assertThat(image.height()).isEqualTo(size);
    }
    assertThatThrownBy(() -> open(3, 3, 32, 0).train().image(3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> open(3, 3, 32, 0).train().label(-1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void outlinesHaveTheAreaOfACircleAndTheirReach() {
    for (Outline outline : Outline.values()) {
      int inside = 0;
      double far = 0;
      for (int i = 0; i < 1000; i++) {
        for (int j = 0; j < 1000; j++) {
          // A slanted grid: sides along its lines would be counted too coarsely.
          float x = (0.8f * (i - 499.5f) + 0.6f * (j - 499.5f)) / 250;
          float y = (0.8f * (j - 499.5f) - 0.6f * (i - 499.5f)) / 250;
          if (outline.depth(x, y) > 0) {
            inside++;
            far = Math.max(far, Math.hypot(x, y));
          }
        }
      }
      assertThat(inside / 62_500.0).as(outline.label()).isCloseTo(Math.PI, within(0.01));
      assertThat((double) outline.reach()).as(outline.label()).isCloseTo(far, within(0.03));
    }
  }

  @Test
  void meanColourTellsNothing() {
    Images images = open(6000, 1, 32, 5).train();
    double[][] features = new double[6000][];
    for (int i = 0; i < features.length; i++) {
      features[i] = colours(images.image(i));
    }
    // Nearest class mean on mean and deviation of the colours, trained on 4000, tried on 2000.
    double[][] means = new double[12][6];
    double[] scale = new double[6];
    for (int f = 0; f < 6; f++) {
      int column = f;
      double mean = Arrays.stream(features).mapToDouble(x -> x[column]).average().orElseThrow();
      double variance =
          Arrays.stream(features)
              .mapToDouble(x -> Math.pow(x[column] - mean, 2))
              .average()
              .orElseThrow();
      scale[f] = Math.sqrt(variance);
    }
    int[] counts = new int[12];
    for (int i = 0; i < 4000; i++) {
      counts[images.label(i)]++;
      for (int f = 0; f < 6; f++) {
        means[images.label(i)][f] += features[i][f] / scale[f];
      }
    }
    int colourHits = 0;
    for (int i = 4000; i < 6000; i++) {
      int best = 0;
      double least = Double.MAX_VALUE;
      for (int c = 0; c < 12; c++) {
        double distance = 0;
        for (int f = 0; f < 3; f++) {
          distance += Math.pow(features[i][f] / scale[f] - means[c][f] / counts[c], 2);
        }
        if (distance < least) {
          least = distance;
          best = c;
        }
      }
      colourHits += best == images.label(i) ? 1 : 0;
    }
    System.getLogger("shapes")
        .log(System.Logger.Level.INFO, "mean colour: {0} of 2000, chance 167", colourHits);
    // Chance is 1/12 = 167 of 2000, three standard deviations are 37.
    assertThat(colourHits).isBetween(125, 210);
  }

  // Mean and standard deviation of each channel.
  private static double[] colours(RgbImage image) {
    double[] result = new double[6];
    int n = image.planes().length / 3;
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      double squares = 0;
      for (int i = c * n; i < (c + 1) * n; i++) {
        double v = image.planes()[i] & 255;
        sum += v;
        squares += v * v;
      }
      result[c] = sum / n;
      result[3 + c] = Math.sqrt(squares / n - result[c] * result[c]);
    }
    return result;
  }

  @Test
  void aLinearClassifierOnPixelsFails() {
    Dataset dataset = open(2000, 1000, 32, 7);
    double accuracy = SoftmaxRegression.accuracy(dataset.train(), dataset.test(), 12, 12);
    System.getLogger("shapes")
        .log(System.Logger.Level.INFO, "linear classifier on pixels: {0}", accuracy);
    assertThat(accuracy).isLessThan(0.6);
  }
}
