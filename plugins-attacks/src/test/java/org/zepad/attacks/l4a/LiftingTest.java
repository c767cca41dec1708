package org.zepad.attacks.l4a;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.zepad.attacks.universal.ObjectiveCheck;
import org.zepad.attacks.universal.PlainTiny;
import org.zepad.attacks.universal.TinyScene;

class LiftingTest {
  private static final Map<String, Object> SMALL =
      Map.of("epsilon", TinyScene.EPSILON, "epochs", 60, "step-size", 0.004);

  private static double meanSquare(double[] values) {
    return Arrays.stream(values).map(v -> v * v).average().orElseThrow();
  }

  private static double first(PlainTiny net, double[][] bases, double[][] images) {
    return Arrays.stream(images).mapToDouble(x -> meanSquare(net.conv1(x))).average().orElseThrow();
  }

  private static double both(PlainTiny net, double[][] bases, double[][] images) {
    return first(net, bases, images)
        + 0.3
            * Arrays.stream(images)
                .mapToDouble(x -> meanSquare(net.conv2(x)))
                .average()
                .orElseThrow();
  }

  @Test
  void theBaseIsTheMeanSquareOfTheFirstLayer() {
    L4aBaseOptions options = new L4aBaseOptions(0.05, 1, 8, 0.01, List.of());
    ObjectiveCheck.assertAgrees(scene -> Lifting.base(options, scene), LiftingTest::first);
  }

  @Test
  void theFuseAddsTheSecondLayer() {
    L4aFuseOptions options = new L4aFuseOptions(0.05, 1, 8, 0.01, List.of(), 0.3);
    ObjectiveCheck.assertAgrees(scene -> Lifting.fuse(options, scene), LiftingTest::both);
  }

  @Test
  void uniformGaussianSamplingAddsNoiseImages() {
    L4aUgsOptions options = ugs(0.5, 5);
    ObjectiveCheck.assertAgrees(
        scene -> new NoiseLifting(options, scene),
        (net, bases, images) -> {
          assertThat(images).hasDimensions(TinyScene.IMAGES + 5, bases[0].length);
          int split = TinyScene.IMAGES;
          return first(net, bases, Arrays.copyOf(images, split))
              + 0.5 * first(net, bases, Arrays.copyOfRange(images, split, images.length));
        });
  }

  @Test
  void noiseImagesHaveMeansAndDeviationsFromTheirRanges() {
    try (TinyScene tiny = new TinyScene()) {
      NoiseLifting lifting = new NoiseLifting(ugs(1, 40), tiny.scene());
      NDArray noise = lifting.noise(new SplittableRandom(1), 24, tiny.context.manager());
      NDArray planes = noise.reshape(120, 24 * 24);
      float[] means = planes.mean(new int[] {1}).toFloatArray();
      float[] stds =
          planes
              .sub(planes.mean(new int[] {1}, true))
              .square()
              .mean(new int[] {1})
              .sqrt()
              .toFloatArray();
      double meanOfMeans = 0;
      double meanOfStds = 0;
      for (int i = 0; i < means.length; i++) {
        // 24 * 24 draws: the mean is off by a 24th of the deviation, the deviation by a 34th.
        assertThat(means[i]).isBetween(0.4f - 0.015f, 0.6f + 0.015f);
        assertThat(stds[i]).isBetween(0.044f, 0.112f);
        meanOfMeans += means[i] / means.length;
        meanOfStds += stds[i] / stds.length;
      }
      assertThat(meanOfMeans).isCloseTo(0.5, within(0.02));
      assertThat(meanOfStds).isCloseTo(0.075, within(0.005));
    }
  }

  @Test
  void allThreeLiftWhatTheyAreMadeForFarAboveNoise() {
    assertThat(ObjectiveCheck.riseOverNoise("l4a-base", SMALL, LiftingTest::first))
        .isGreaterThan(3);
    assertThat(ObjectiveCheck.riseOverNoise("l4a-fuse", SMALL, LiftingTest::both)).isGreaterThan(3);
    assertThat(ObjectiveCheck.riseOverNoise("l4a-ugs", SMALL, LiftingTest::first)).isGreaterThan(3);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new L4aFuseOptions(0.05, 1, 8, 0.01, List.of("conv1"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two of them");
    assertThatThrownBy(
            () -> new L4aUgsOptions(0.05, 1, 8, 0.01, List.of(), 1, 8, 0.6, 0.4, 0.05, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("means from 0.6 to 0.4");
  }

  private static L4aUgsOptions ugs(double lambda, int noiseImages) {
    return new L4aUgsOptions(0.05, 1, 8, 0.01, List.of(), lambda, noiseImages, 0.4, 0.6, 0.05, 0.1);
  }
}
