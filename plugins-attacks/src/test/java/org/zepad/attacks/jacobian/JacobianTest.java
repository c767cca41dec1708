package org.zepad.attacks.jacobian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.zepad.attacks.universal.Ball;
import org.zepad.attacks.universal.ObjectiveCheck;
import org.zepad.attacks.universal.PlainTiny;
import org.zepad.attacks.universal.TinyScene;

class JacobianTest {
  private static final double STEP = 1e-6;

  /** The true product, from differences of doubles that are too small to cross a kink. */
  private static double[] product(PlainTiny net, double[] image, double[] direction) {
    double[] ahead = image.clone();
    double[] behind = image.clone();
    for (int i = 0; i < image.length; i++) {
      ahead[i] += STEP * direction[i];
      behind[i] -= STEP * direction[i];
    }
    double[] f = net.conv2(ahead);
    double[] g = net.conv2(behind);
    for (int i = 0; i < f.length; i++) {
      f[i] = (f[i] - g[i]) / (2 * STEP);
    }
    return f;
  }

  private static double norm(PlainTiny net, double[][] images, double[] direction, double q) {
    double sum = 0;
    for (double[] image : images) {
      for (double z : product(net, image, direction)) {
        sum += Math.pow(Math.abs(z), q);
      }
    }
    return Math.pow(sum, 1 / q);
  }

  @Test
  void theProductWithADirectionIsTheTrueOneUpToAPercent() {
    try (TinyScene tiny = new TinyScene()) {
      PlainTiny net = new PlainTiny(tiny.victim);
      Jacobian jacobian = jacobian(tiny);
      NDArray direction =
          new Ball(1).uniform(new SplittableRandom(8), TinyScene.SIDE, tiny.context.manager());
      double[][] found = TinyScene.rows(jacobian.times(direction, tiny.images.images()).get(0));
      double[][] images = TinyScene.rows(tiny.images.images());
      double squares = 0;
      double errors = 0;
      for (int i = 0; i < found.length; i++) {
        double[] expected = product(net, images[i], TinyScene.rows(direction)[0]);
        for (int j = 0; j < expected.length; j++) {
          squares += expected[j] * expected[j];
          errors += (found[i][j] - expected[j]) * (found[i][j] - expected[j]);
        }
      }
      assertThat(Math.sqrt(errors / squares)).isLessThan(0.015);
    }
  }

  @Test
  void theTransposedProductIsTheOneOfTheSameMatrix() {
    try (TinyScene tiny = new TinyScene()) {
      PlainTiny net = new PlainTiny(tiny.victim);
      Jacobian jacobian = jacobian(tiny);
      SplittableRandom random = new SplittableRandom(8);
      NDArray direction = new Ball(1).uniform(random, TinyScene.SIDE, tiny.context.manager());
      NDArray images = tiny.images.images();
      NDArray like = jacobian.times(direction, images).get(0);
      float[] dual = new float[(int) like.size()];
      for (int i = 0; i < dual.length; i++) {
        dual[i] = (float) random.nextGaussian();
      }
      NDArray transposed =
          jacobian.transposedTimes(
              List.of(tiny.context.manager().create(dual, like.getShape())), images);
      double expected = 0;
      double[][] rows = TinyScene.rows(images);
      for (int i = 0; i < rows.length; i++) {
        double[] product = product(net, rows[i], TinyScene.rows(direction)[0]);
        for (int j = 0; j < product.length; j++) {
          expected += product[j] * dual[i * product.length + j];
        }
      }
      double found = 0;
      double[] sum = TinyScene.rows(transposed)[0];
      double[] v = TinyScene.rows(direction)[0];
      for (int i = 0; i < v.length; i++) {
        found += sum[i] * v[i];
      }
      assertThat(found)
          .as("<J^T u, v> = <u, J v>")
          .isCloseTo(expected, within(1e-3 * Math.abs(expected)));
    }
  }

  @Test
  void thePowerMethodFindsADirectionThatStretchesFarMoreThanNoise() {
    try (TinyScene tiny = new TinyScene()) {
      PlainTiny net = new PlainTiny(tiny.victim);
      double[][] images = TinyScene.rows(tiny.images.images());
      double[] delta =
          ObjectiveCheck.craft(
              "singular-vectors",
              Map.of("epsilon", TinyScene.EPSILON, "layers", "conv2", "iterations", 15),
              tiny);
      for (double entry : delta) {
        assertThat(Math.abs(entry)).isCloseTo(TinyScene.EPSILON, within(1e-8));
      }
      double reached = norm(net, images, delta, 10);
      for (int seed = 0; seed < 10; seed++) {
        assertThat(reached).isGreaterThan(2 * norm(net, images, TinyScene.noise(seed), 10));
      }
    }
  }

  private static Jacobian jacobian(TinyScene tiny) {
    return new Jacobian(
        tiny.victim.activations(List.of("conv2"), tiny.context.manager()),
        1e-4,
        tiny.context.ops());
  }
}
