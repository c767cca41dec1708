package org.zepad.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;

/** Adam against its definition in double precision (Kingma and Ba 2015, algorithm 1, with L2). */
class AdamOptimizerTest {
  private static final OptimizerSpec.Adam SPEC = new OptimizerSpec.Adam(0.5, 0.99, 1e-3, 0.1);
  private static final float[] START = {1, -2, 0.5f, 3};

  private final RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
  private final NDManager manager = context.manager();
  private final StateDict network = new StateDict(manager);
  private final NDArray weight = network.parameter("w", manager.create(START));
  private final NDArray other = network.parameter("other", manager.create(new float[] {4, 5}));
  private final NDArray idle = network.parameter("idle", manager.create(START));

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void itTakesTheStepsOfTheDefinition() {
    network.requireGradients(true);
    double[] expected = {1, -2, 0.5, 3};
    double[] mean = new double[4];
    double[] variance = new double[4];
    try (Optimizer optimizer = context.optimizer(SPEC, network)) {
      for (int step = 1; step <= 50; step++) {
        double rate = 0.1 / step;
        for (int i = 0; i < 4; i++) {
          // The gradient of the sum of w^4 / 4, and of weight decay.
          double gradient = Math.pow(expected[i], 3) + SPEC.weightDecay() * expected[i];
          mean[i] += (1 - SPEC.beta1()) * (gradient - mean[i]);
          variance[i] += (1 - SPEC.beta2()) * (gradient * gradient - variance[i]);
          double first = mean[i] / (1 - Math.pow(SPEC.beta1(), step));
          double second = variance[i] / (1 - Math.pow(SPEC.beta2(), step));
          expected[i] -= rate * first / (Math.sqrt(second) + SPEC.epsilon());
        }
        context.ops().backward(() -> weight.square().square().sum().div(4).add(other.sum()));
        optimizer.step(rate);
      }
    }
    float[] actual = weight.toFloatArray();
    for (int i = 0; i < 4; i++) {
      assertThat(actual[i]).isCloseTo((float) expected[i], within(1e-5f));
    }
    assertThat(other.toFloatArray())
        .as("has a gradient of its own")
        .matches(v -> v[0] < 4 && v[1] < 5);
    assertThat(idle.toFloatArray()).as("took no part in the loss").containsExactly(START);
  }
}
