package org.zepad.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.ImageBatches.Batch;

class TensorBatchesTest {
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final NoiseImages images = new NoiseImages(20, 3, 4, 4);
  private final int[] indices = {1, 3, 5, 7, 9, 11, 13};

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void givesPixelsLabelsAndPlaces() {
    TensorBatches batches = new TensorBatches(images, indices, 3, 4, manager);
    List<Integer> sizes = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    batches.forEach(
        3,
        OptionalLong.empty(),
        batch -> {
          int n = batch.indices().length;
          sizes.add(n);
          assertThat(batch.images().getShape()).isEqualTo(new Shape(n, 3, 4, 4));
          assertThat(batch.images().getDataType()).isEqualTo(DataType.FLOAT32);
          assertThat(batch.labels().getDataType()).isEqualTo(DataType.INT64);
          float[] pixels = batch.images().toFloatArray();
          for (int i = 0; i < n; i++) {
            int index = indices[batch.indices()[i]];
            places.add(batch.indices()[i]);
            assertThat(batch.labels().toLongArray()[i]).isEqualTo(index % 3);
            byte[] planes = images.image(index).planes();
            for (int p = 0; p < planes.length; p++) {
              assertThat(pixels[i * planes.length + p]).isEqualTo((planes[p] & 255) / 255f);
            }
          }
        });
    assertThat(sizes).containsExactly(3, 3, 1);
    assertThat(places).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(batches.size()).isEqualTo(7);
    assertThat(batches.label(1)).isEqualTo(0);
  }

  @Test
  void theSeedShufflesEveryImageOnce() {
    TensorBatches batches = new TensorBatches(images, Split.all(images), 3, 4, manager);
    List<Integer> first = order(batches, 4, 1);
    assertThat(first)
        .isEqualTo(order(batches, 7, 1))
        .isNotEqualTo(order(batches, 4, 2))
        .isNotEqualTo(first.stream().sorted().toList())
        .containsExactlyInAnyOrder(
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
  }

  private static List<Integer> order(TensorBatches batches, int batchSize, long seed) {
    List<Integer> order = new ArrayList<>();
    batches.forEach(
        batchSize,
        OptionalLong.of(seed),
        batch -> {
          for (int index : batch.indices()) {
            order.add(index);
          }
        });
    return order;
  }

  @Test
  void decodesOnceWhatFits() {
    TensorBatches batches = new TensorBatches(images, indices, 3, 4, manager);
    order(batches, 2, 1);
    order(batches, 2, 2);
    assertThat(images.decoded).hasValue(7);
    long room = 3 * (3 * 4 * 4 + 64);
    TensorBatches tight = new TensorBatches(images, indices, 3, 4, manager, Fit.STRETCH, room);
    order(tight, 2, 1);
    order(tight, 2, 1);
    assertThat(images.decoded).as("three of seven are kept").hasValue(7 + 7 + 4);
  }

  @Test
  void aDamagedImageReachesTheCaller() {
    TensorBatches batches = new TensorBatches(new FailingImages(images, 5), indices, 3, 4, manager);
    List<Batch> seen = new ArrayList<>();
    assertThatThrownBy(() -> batches.forEach(2, OptionalLong.empty(), seen::add))
        .isInstanceOf(ZepadException.class)
        .hasMessage("broken.jpg is damaged");
    assertThat(seen).hasSize(1);
    assertThatThrownBy(() -> batches.forEach(0, OptionalLong.empty(), seen::add))
        .hasMessageContaining("got 0");
  }

  @Test
  void theConsumersFailureEndsTheThread() throws InterruptedException {
    TensorBatches batches = new TensorBatches(images, indices, 3, 4, manager);
    assertThatThrownBy(
            () ->
                batches.forEach(
                    1,
                    OptionalLong.empty(),
                    batch -> {
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    // It is told to end, and on a busy machine takes its time.
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("zepad-batches")) {
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void freesEveryBatch() {
    TensorBatches batches = new TensorBatches(images, indices, 3, 4, manager);
    List<Batch> kept = new ArrayList<>();
    int before = manager.getManagedArrays().size();
    for (int epoch = 0; epoch < 50; epoch++) {
      batches.forEach(2, OptionalLong.of(epoch), kept::add);
    }
    assertThat(kept).allMatch(batch -> batch.images().isReleased());
    assertThat(manager.getManagedArrays()).hasSize(before);
  }

  @Test
  void mayBeNestedAndEmpty() {
    TensorBatches batches = new TensorBatches(images, indices, 3, 4, manager);
    int[] count = {0};
    batches.forEach(
        3,
        OptionalLong.empty(),
        outer -> batches.forEach(3, OptionalLong.empty(), inner -> count[0]++));
    assertThat(count[0]).isEqualTo(9);
    new TensorBatches(images, new int[0], 3, 4, manager)
        .forEach(3, OptionalLong.empty(), batch -> count[0]++);
    assertThat(count[0]).isEqualTo(9);
  }
}
