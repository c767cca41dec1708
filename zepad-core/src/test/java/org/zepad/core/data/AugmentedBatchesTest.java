package org.zepad.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.core.data.AugmentedBatches.ViewBatch;

class AugmentedBatchesTest {
  private static final ViewSpec VIEW = ViewSpec.simclrCifar().withBlurAndSolarize(0.5, 0.2);
  private static final ViewSpec SMALL =
      new ViewSpec(0.05, 0.2, 0.5, 0.8, 0.4, 0.4, 0.4, 0.1, 0.2, 0.5, 0, 0.375);

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final NoiseImages images = new NoiseImages(103, 5, 32, 32);

  @AfterEach
  void close() {
    manager.close();
  }

  private AugmentedBatches batches(Images of, int threads, long seed) {
    return new AugmentedBatches(
        of, Split.all(of), List.of(VIEW, VIEW, SMALL), 32, 25, threads, seed, manager);
  }

  private static List<String> digest(AugmentedBatches batches, long epoch, int from, int to) {
    List<String> lines = new ArrayList<>();
    batches.forEach(
        epoch,
        from,
        to,
        batch -> {
          StringBuilder line = new StringBuilder().append(batch.number());
          line.append(Arrays.toString(batch.images().toLongArray()));
          batch.views().forEach(v -> line.append(' ').append(Arrays.hashCode(v.toFloatArray())));
          lines.add(line.toString());
        });
    return lines;
  }

  @Test
  void givesViewsOfEachImage() {
    Set<Integer> seen = new HashSet<>();
    try (AugmentedBatches batches = batches(images, 2, 1)) {
      assertThat(batches.batchesPerEpoch()).isEqualTo(4);
      batches.forEach(
          0,
          0,
          4,
          batch -> {
            assertThat(batch.views())
                .extracting(v -> v.getShape())
                .containsExactly(
                    new Shape(25, 3, 32, 32), new Shape(25, 3, 32, 32), new Shape(25, 3, 12, 12));
            long[] shown = batch.images().toLongArray();
            for (int i = 0; i < 25; i++) {
              assertThat(seen.add((int) shown[i])).isTrue();
              assertThat(batch.labels().toLongArray()[i]).isEqualTo(shown[i] % 5);
            }
            for (float value : batch.views().get(0).toFloatArray()) {
              assertThat(value).isBetween(0f, 1f);
            }
            assertThat(batch.views().get(0).toFloatArray())
                .isNotEqualTo(batch.views().get(1).toFloatArray());
          });
      assertThat(batches.waitedShare()).isBetween(0.0, 1.0);
    }
    assertThat(seen).hasSize(100);
  }

  @Test
  void threadsAndContinuingChangeNothing() {
    try (AugmentedBatches one = batches(images, 1, 9);
        AugmentedBatches three = batches(images, 3, 9);
        AugmentedBatches other = batches(images, 1, 8)) {
      List<String> epoch = digest(one, 5, 0, 4);
      assertThat(digest(three, 5, 0, 4)).isEqualTo(epoch);
      assertThat(digest(three, 5, 2, 4)).isEqualTo(epoch.subList(2, 4));
      assertThat(digest(three, 6, 0, 4)).isNotEqualTo(epoch);
      assertThat(digest(other, 5, 0, 4)).isNotEqualTo(epoch);
    }
  }

  @Test
  void failuresReachTheCallerAndTheBatchesStayUsable() {
    try (AugmentedBatches batches = batches(new FailingImages(images, 50), 2, 1)) {
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> batches.forEach(0, 0, 4, batch -> {}))
            .isInstanceOf(ZepadException.class)
            .hasMessage("broken.jpg is damaged");
      }
    }
    try (AugmentedBatches batches = batches(images, 2, 1)) {
      List<String> epoch = digest(batches, 0, 0, 4);
      assertThatThrownBy(
              () ->
                  batches.forEach(
                      0,
                      0,
                      4,
                      batch -> {
                        throw new IllegalStateException("stop");
                      }))
          .hasMessage("stop");
      assertThat(digest(batches, 0, 0, 4)).isEqualTo(epoch);
    }
  }

  @Test
  void freesEveryBatchAndItsThreads() throws InterruptedException {
    List<ViewBatch> kept = new ArrayList<>();
    int before = manager.getManagedArrays().size();
    AugmentedBatches batches = batches(images, 2, 1);
    for (int epoch = 0; epoch < 20; epoch++) {
      batches.forEach(epoch, 0, 4, kept::add);
    }
    batches.close();
    batches.close();
    assertThat(kept).hasSize(80).allMatch(batch -> batch.views().get(0).isReleased());
    assertThat(manager.getManagedArrays()).hasSize(before);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("zepad-views")) {
        // It has no more work, but may not have ended in this very moment.
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void tooFewImagesAreRefused() {
    assertThatThrownBy(
            () ->
                new AugmentedBatches(images, new int[] {1, 2}, List.of(VIEW), 32, 3, 1, 0, manager))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("only 2");
    try (AugmentedBatches batches = batches(images, 1, 1)) {
      assertThatThrownBy(() -> batches.forEach(0, 0, 5, batch -> {}))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
