package org.zepad.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.Differentiable;
import org.zepad.api.tensor.TensorOps;

/** Functions that bring their own gradient, within computations that the engine records. */
class DifferentiableTest {
  private final RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
  private final TensorOps ops = context.ops();
  private final NDManager manager = context.manager();
  private final NDArray x = manager.create(new float[] {1, 2, 3});
  private final List<String> calls = new ArrayList<>();

  /** x^3, whose gradient is given as 3 x^2. */
  private final Differentiable cube =
      new Differentiable() {
        @Override
        public NDArray apply(NDArray at) {
          calls.add("apply");
          return at.mul(at).mul(at);
        }

        @Override
        public Traced trace(NDArray at) {
          calls.add("trace");
          assertThat(at.hasGradient()).isFalse();
          NDArray slope = at.mul(at).mul(3);
          return new Traced(
              at.mul(at).mul(at),
              gradient -> {
                calls.add("pull");
                assertThat(gradient.hasGradient()).isFalse();
                return gradient.mul(slope);
              });
        }
      };

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void itIsAppliedWhereNothingIsRecorded() {
    assertThat(ops.differentiable(x, cube).toFloatArray()).containsExactly(1, 8, 27);
    assertThat(calls).containsExactly("apply");
  }

  @Test
  void itsGradientReachesWhatItWasComputedOf() {
    // (2 x)^3 + x: 24 x^2 + 1
    assertThat(gradient(v -> ops.differentiable(v.add(v), cube).add(v)))
        .containsExactly(25, 97, 217);
    assertThat(calls).containsExactly("trace", "pull");
  }

  @Test
  void oneMayFollowTheOther() {
    // x^9: 9 x^8, however often what lies between is let go of
    assertThat(
            gradient(
                v -> {
                  try (NDArray third = ops.differentiable(v, cube)) {
                    return ops.differentiable(third, cube);
                  }
                }))
        .containsExactly(9, 9 * 256, 9 * 6561);
    assertThat(calls).containsExactly("trace", "trace", "pull", "pull");
  }

  @Test
  void severalMayShareWhatCameBefore() {
    // with u = x^2: u^3 + u^3 u: 6 x^5 + 8 x^7
    assertThat(
            gradient(
                v -> {
                  NDArray square = v.mul(v);
                  NDArray first = ops.differentiable(square, cube);
                  return first.add(ops.differentiable(square, cube).mul(square));
                }))
        .containsExactly(14, 6 * 32 + 8 * 128, 6 * 243 + 8 * 2187);
    assertThat(calls).containsExactly("trace", "trace", "pull", "pull");
  }

  @Test
  void whatNothingIsMadeOfCountsNothing() {
    assertThat(
            gradient(
                v -> {
                  ops.differentiable(v, cube);
                  return v.mul(v);
                }))
        .containsExactly(2, 4, 6);
    assertThat(calls).containsExactly("trace");
  }

  @Test
  void whatIsGatheredIsGoneBackThroughOnce() {
    // with u = x^3: u^3 + u: (3 u^2 + 1) 3 x^2
    assertThat(
            gradient(
                v -> {
                  NDArray third = ops.differentiable(v, cube);
                  NDArray gathered = ops.differentiable(third, Differentiable.gathering());
                  return ops.differentiable(gathered, cube).add(gathered);
                }))
        .containsExactly(12, 193 * 12, 2188 * 27);
    assertThat(calls).containsExactly("trace", "trace", "pull", "pull");
  }

  @Test
  void parametersBeforeItLearn() {
    NDArray weight = manager.create(new float[] {2, 2, 2});
    weight.setRequiresGradient(true);
    float loss = ops.backward(() -> ops.differentiable(weight.mul(x), cube).sum());
    assertThat(loss).isEqualTo(8 * 36f);
    assertThat(calls).containsExactly("trace", "pull");
    // 3 (w x)^2 x = 12 x^3
    assertThat(weight.getGradient().toFloatArray()).containsExactly(12, 96, 324);
  }

  @Test
  void nothingStaysBehind() {
    int before = manager.getManagedArrays().size();
    try (NDManager scope = manager.newSubManager()) {
      NDArray own = x.duplicate();
      own.attach(scope);
      ops.gradient(own, v -> ops.differentiable(v, cube).sum());
    }
    assertThat(manager.getManagedArrays()).hasSize(before);
  }

  @Test
  void otherRecordingsSeeWhatApplyDoes() {
    NDArray own = x.duplicate();
    own.setRequiresGradient(true);
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      collector.backward(ops.differentiable(own, cube).sum());
    }
    assertThat(own.getGradient().toFloatArray()).containsExactly(3, 12, 27);
    assertThat(calls).containsExactly("apply");
  }

  @Test
  void whatRequiresAGradientMayBeUsedWithoutOne() {
    NDArray own = x.duplicate();
    own.setRequiresGradient(true);
    assertThat(ops.differentiable(own, cube).toFloatArray()).containsExactly(1, 8, 27);
  }

  private float[] gradient(UnaryOperator<NDArray> function) {
    return ops.gradient(x, v -> function.apply(v).sum()).gradient().toFloatArray();
  }
}
