package org.zepad.attacks.ascent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.attacks.SmallBench;
import org.zepad.core.engine.RunContexts;

class BallTest {
  private final RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
  private final NDManager manager = context.manager();

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void theEuclideanBallShortensWhatLiesOutsideAndLeavesTheRest() {
    NDArray grey = manager.full(new Shape(2, 3, 4, 4), 0.5f);
    Ball ball = Ball.around(grey, new Budget(Norm.L2, 0.2), manager);
    float[] changes = new float[96];
    changes[5] = 0.3f;
    changes[7] = -0.4f;
    changes[48] = 0.1f;
    NDArray projected = ball.project(grey.add(manager.create(changes, grey.getShape())));
    float[] found = projected.sub(grey).toFloatArray();
    assertThat(found[5]).isCloseTo(0.12f, within(1e-6f));
    assertThat(found[7]).isCloseTo(-0.16f, within(1e-6f));
    assertThat(found[48]).isCloseTo(0.1f, within(1e-7f));
    assertThat(SmallBench.distances(projected, grey)[0]).isCloseTo(0.2, within(1e-6));
  }

  @Test
  void aUniformDrawFillsTheEuclideanBallUpToItsSurface() {
    // In 3 dimensions the mean radius is 3/4 of the whole one; far from the limits of pixels.
    NDArray grey = manager.full(new Shape(4000, 3, 1, 1), 0.5f);
    NDArray points =
        Ball.around(grey, new Budget(Norm.L2, 0.4), manager)
            .uniform(new SplittableRandom(1), manager);
    double sum = 0;
    double largest = 0;
    for (double radius : SmallBench.distances(points, grey)) {
      sum += radius / 0.4;
      largest = Math.max(largest, radius);
    }
    assertThat(sum / 4000).isCloseTo(0.75, within(0.01));
    assertThat(largest).isBetween(0.399, 0.4 + 1e-6);
    assertThat(points.mean().getFloat()).isCloseTo(0.5f, within(0.005f));
  }

  @Test
  void aDirectionHasLengthOneHoweverSmallTheGradientAndNoneWhereItIsZero() {
    NDArray grey = manager.full(new Shape(3, 3, 2, 2), 0.5f);
    float[] values = new float[36];
    values[0] = 3e-30f;
    values[1] = -4e-30f;
    values[12] = 7;
    NDArray gradient = manager.create(values, grey.getShape());
    NDArray direction = Ball.around(grey, new Budget(Norm.L2, 1), manager).direction(gradient);
    float[] found = direction.toFloatArray();
    assertThat(found[0]).isCloseTo(0.6f, within(1e-6f));
    assertThat(found[1]).isCloseTo(-0.8f, within(1e-6f));
    assertThat(found[12]).isEqualTo(1);
    assertThat(direction.get(2).abs().sum().getFloat()).isZero();
    assertThat(gradient.toFloatArray()).isEqualTo(values);
  }

  @Test
  void aPatchHasNoBall() {
    NDArray grey = manager.full(new Shape(1, 3, 2, 2), 0.5f);
    assertThatThrownBy(() -> Ball.around(grey, new Budget(Norm.L0, 0.1), manager))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("L0");
  }
}
