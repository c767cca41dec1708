package org.zepad.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.Scalars;

class ScalarsTest {

  @Test
  void gradientsSurviveAGarbageCollection() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDArray x = context.manager().create(new float[] {1, 2, 3});
      assertThat(gradient(context, x, v -> Scalars.times(v, 3))).containsOnly(3);
      assertThat(gradient(context, x, v -> Scalars.over(v, 4))).containsOnly(0.25f);
      assertThat(gradient(context, x, v -> Scalars.atLeast(v, 1.5))).containsExactly(0, 1, 1);
      assertThat(gradient(context, x, v -> Scalars.atMost(v, 2.5))).containsExactly(1, 1, 0);
      assertThat(gradient(context, x, v -> v.clip(1.5, 2.5))).containsExactly(0, 1, 0);
    }
  }

  private static float[] gradient(RunContext context, NDArray x, UnaryOperator<NDArray> f) {
    List<ByteBuffer> kept = new ArrayList<>();
    UnaryOperator<NDArray> disturbed =
        v -> {
          NDArray y = f.apply(v);
          System.gc();
          for (int i = 0; i < 20_000; i++) {
            kept.add(ByteBuffer.allocateDirect(8).putInt(0, 77));
          }
          return y.sum();
        };
    float[] gradient = context.ops().gradient(x, disturbed).gradient().toFloatArray();
    assertThat(kept).isNotEmpty();
    return gradient;
  }
}
