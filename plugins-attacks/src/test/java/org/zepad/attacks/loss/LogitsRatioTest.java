package org.zepad.attacks.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.core.engine.RunContexts;

class LogitsRatioTest {
  private final RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void itIsThePublishedRatio() {
    SplittableRandom random = new SplittableRandom(5);
    int rows = 40;
    float[] values = new float[rows * 6];
    long[] labels = new long[rows];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (5 * random.nextGaussian());
    }
    for (int i = 0; i < rows; i++) {
      labels[i] = random.nextInt(6);
    }
    float[] found = ratio(values, 6, labels).toFloatArray();
    int mistaken = 0;
    for (int i = 0; i < rows; i++) {
      double expected = byHand(Arrays.copyOfRange(values, 6 * i, 6 * i + 6), (int) labels[i]);
      assertThat((double) found[i]).isCloseTo(expected, within(1e-5));
      mistaken += expected > 0 ? 1 : 0;
    }
    assertThat(mistaken).as("both cases are met").isBetween(10, 38);
  }

  @Test
  void neitherScaleNorShiftMatters() {
    float[] values = {1, 4, 2, -3, 9, 8.5f, 2, 0};
    float[] other = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      other[i] = 1000 * values[i] + 50;
    }
    long[] labels = {1, 0};
    assertThat(ratio(other, 4, labels).toFloatArray())
        .containsExactly(ratio(values, 4, labels).toFloatArray(), within(1e-4f));
  }

  @Test
  void theGradientIsThatOfFiniteDifferences() {
    float[] values = {1, 4, 2, -3, 9, 8.5f, 2, 0};
    long[] labels = {1, 2};
    NDArray at = context.manager().create(values, new Shape(2, 4));
    NDArray right = context.manager().create(labels);
    float[] gradient =
        context.ops().gradient(at, z -> LogitsRatio.each(z, right).sum()).gradient().toFloatArray();
    for (int i = 0; i < values.length; i++) {
      float[] up = values.clone();
      float[] down = values.clone();
      up[i] += 0.01f;
      down[i] -= 0.01f;
      int row = i / 4;
      double slope =
          (byHand(Arrays.copyOfRange(up, 4 * row, 4 * row + 4), (int) labels[row])
                  - byHand(Arrays.copyOfRange(down, 4 * row, 4 * row + 4), (int) labels[row]))
              / 0.02;
      assertThat((double) gradient[i]).isCloseTo(slope, within(1e-3));
    }
  }

  @Test
  void equalLogitsGiveAFiniteValue() {
    assertThat(ratio(new float[] {2, 2, 2, 2}, 4, new long[] {1}).toFloatArray()[0]).isZero();
  }

  @Test
  void fewerThanThreeClassesAreRefused() {
    assertThatThrownBy(() -> ratio(new float[] {1, 2}, 2, new long[] {0}))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("at least 3 classes")
        .hasMessageContaining("cross-entropy");
  }

  private NDArray ratio(float[] values, int classes, long[] labels) {
    return LogitsRatio.each(
        context.manager().create(values, new Shape(labels.length, classes)),
        context.manager().create(labels));
  }

  private static double byHand(float[] z, int label) {
    double other = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < z.length; c++) {
      if (c != label) {
        other = Math.max(other, z[c]);
      }
    }
    float[] sorted = z.clone();
    Arrays.sort(sorted);
    return -((double) z[label] - other) / ((double) sorted[z.length - 1] - sorted[z.length - 3]);
  }
}
