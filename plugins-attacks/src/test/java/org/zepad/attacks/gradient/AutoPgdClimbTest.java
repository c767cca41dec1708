package org.zepad.attacks.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.attacks.ascent.Ball;
import org.zepad.attacks.ascent.Goal;
import org.zepad.attacks.ascent.Rank;
import org.zepad.core.engine.RunContexts;

/** Against a plain loop over the published algorithm, on hills whose gradient is known. */
class AutoPgdClimbTest {
  private static final int DIMENSIONS = 12;
  private static final double EPSILON = 0.1;

  @Test
  void everyPointIsThatOfThePublishedAlgorithm() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      SplittableRandom random = new SplittableRandom(2);
      NDManager manager = context.manager();
      float[] images = random(random, 2, 0.2, 0.8);
      float[] steep = random(random, 2, 0.1, 30);
      float[] peaks = random(random, 2, 0, 1);
      for (int i = 0; i < peaks.length; i++) {
        // Peaks near the images, so that steps overshoot and sizes are halved.
        peaks[i] = images[i] + 0.12f * (peaks[i] - 0.5f);
      }
      Shape shape = new Shape(2, 3, 2, 2);
      NDArray a = manager.create(steep, shape);
      NDArray b = manager.create(peaks, shape);
      Goal hills =
          x -> {
            NDArray height = x.sub(b).square().mul(a).reshape(2, -1).sum(new int[] {1}).neg();
            return new Goal.Verdict(height, Rank.of(context.ops().detach(height).toFloatArray()));
          };
      List<float[]> visited = new ArrayList<>();
      StepSizes sizes =
          new AutoPgdClimb(
                  hills,
                  Ball.around(
                      manager.create(images, shape), new Budget(Norm.LINF, EPSILON), manager),
                  2 * EPSILON,
                  30,
                  context.ops())
              .run(new SplittableRandom(7), manager, (x, ranks) -> visited.add(x.toFloatArray()));
      assertThat(visited).hasSize(31);
      for (int i = 0; i < 2; i++) {
        List<double[]> expected = byHand(row(images, i), row(steep, i), row(peaks, i), visited, i);
        for (int k = 0; k <= 30; k++) {
          assertThat(row(visited.get(k), i))
              .as("image %d after %d steps", i, k)
              .containsExactly(floats(expected.get(k)), within(2e-5f));
        }
        assertThat(sizes.values()[i]).as("sizes were halved").isLessThan(0.06f);
      }
    }
  }

  /** Algorithm 1 with every loss remembered, the conditions written as they are published. */
  private static List<double[]> byHand(
      float[] image, float[] steep, float[] peak, List<float[]> visited, int row) {
    List<double[]> x = new ArrayList<>();
    List<Double> f = new ArrayList<>();
    List<double[]> from = new ArrayList<>();
    double eta = 2 * EPSILON;
    x.add(doubles(row(visited.get(0), row)));
    f.add(height(x.get(0), steep, peak));
    from.add(x.get(0));
    double[] top = x.get(0);
    double topHeight = f.get(0);
    double topBefore = topHeight;
    double etaBefore = eta;
    int before = 0;
    List<Integer> checkpoints = List.of(7, 13, 18, 21, 24, 27, 28, 30);
    for (int k = 0; k < 30; k++) {
      double[] here = from.get(k);
      double[] next = new double[DIMENSIONS];
      for (int d = 0; d < DIMENSIONS; d++) {
        double slope = -2 * steep[d] * (here[d] - peak[d]);
        double z = clip(here[d] + eta * Math.signum(slope), image[d]);
        next[d] =
            k == 0
                ? z
                : clip(
                    here[d] + 0.75 * (z - here[d]) + 0.25 * (here[d] - from.get(k - 1)[d]),
                    image[d]);
      }
      x.add(next);
      from.add(next);
      f.add(height(next, steep, peak));
      if (f.get(k + 1) > topHeight) {
        topHeight = f.get(k + 1);
        top = next;
      }
      if (checkpoints.contains(k + 1)) {
        int rises = 0;
        for (int i = before; i < k + 1; i++) {
          rises += f.get(i + 1) > f.get(i) ? 1 : 0;
        }
        boolean first = rises < 0.75 * (k + 1 - before);
        boolean second = etaBefore == eta && topBefore == topHeight;
        etaBefore = eta;
        topBefore = topHeight;
        before = k + 1;
        if (first || second) {
          eta /= 2;
          from.set(k + 1, top);
          f.set(k + 1, topHeight);
        }
      }
    }
    return x;
  }

  private static double clip(double value, float centre) {
    return Math.max(Math.max(0, centre - EPSILON), Math.min(Math.min(1, centre + EPSILON), value));
  }

  private static double height(double[] x, float[] steep, float[] peak) {
    double sum = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      sum -= steep[d] * (x[d] - peak[d]) * (x[d] - peak[d]);
    }
    return sum;
  }

  private static float[] random(SplittableRandom random, int rows, double low, double high) {
    float[] values = new float[rows * DIMENSIONS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return values;
  }

  private static float[] row(float[] values, int row) {
    return Arrays.copyOfRange(values, row * DIMENSIONS, (row + 1) * DIMENSIONS);
  }

  private static double[] doubles(float[] values) {
    double[] copy = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      copy[i] = values[i];
    }
    return copy;
  }

  private static float[] floats(double[] values) {
    float[] copy = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      copy[i] = (float) values[i];
    }
    return copy;
  }
}
