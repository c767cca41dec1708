package org.zepad.encoders.ssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.engine.RunContexts;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.VectorQueue;

class VectorQueueTest {

  @Test
  void theOldestAreOverwrittenFirstAndOnlyWhenStored() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager manager = context.manager();
      StateDict state = new StateDict(manager);
      VectorQueue queue =
          new VectorQueue(
              state, "queue", 5, 2, new Initializer(new SplittableRandom(1)), context.ops());
      for (int i = 0; i < 5; i++) {
        assertThat(queue.vectors(manager).get(i).norm().getFloat()).isBetween(0.999f, 1.001f);
      }
      float[] before = queue.vectors(manager).toFloatArray();
      queue.keep(rows(manager, 1, 3));
      assertThat(queue.vectors(manager).toFloatArray()).isEqualTo(before);
      queue.store();
      queue.keep(rows(manager, 4, 3));
      queue.store();
      // 4 and 5 took the last places, 6 the first.
      assertThat(queue.vectors(manager).toFloatArray())
          .containsExactly(6, 6, 2, 2, 3, 3, 4, 4, 5, 5);
      assertThat(state.get("queue_ptr").getLong()).isEqualTo(1);
      queue.store();
      assertThat(state.get("queue_ptr").getLong()).isEqualTo(1);
      assertThatThrownBy(() -> queue.keep(rows(manager, 1, 6)))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("queue-size");
    }
  }

  private static NDArray rows(NDManager manager, int from, int count) {
    float[] values = new float[2 * count];
    for (int i = 0; i < values.length; i++) {
      values[i] = from + i / 2;
    }
    return manager.create(values, new Shape(count, 2));
  }
}
