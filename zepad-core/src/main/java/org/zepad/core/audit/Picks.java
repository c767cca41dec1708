package org.zepad.core.audit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.zepad.api.dataset.ImageBatches;

/** Some images of a set, evenly spaced: sets are often sorted by class. */
final class Picks {
  private static final int BATCH = 64;

  private Picks() {}

  /** How many are picked. */
  static int count(ImageBatches images, int most) {
    return Math.min(most, images.size());
  }

  /**
   * Calls the consumer with the picked images of each batch and their labels, in their order. They
   * are freed when it returns.
   *
   * @param most how many at most, at least 1
   */
  static void forEach(ImageBatches images, int most, BiConsumer<NDArray, long[]> consumer) {
    int count = count(images, most);
    int[] seen = {0, 0};
    images.forEach(
        BATCH,
        OptionalLong.empty(),
        batch -> {
          long[] labels = batch.labels().toLongArray();
          try (NDManager scope = batch.images().getManager().newSubManager()) {
            NDList rows = new NDList();
            long[] kept = new long[labels.length];
            for (int i = 0; i < labels.length; i++) {
              if (seen[1] < count
                  && seen[0] + i == (int) ((long) seen[1] * images.size() / count)) {
                NDArray row = batch.images().get(i);
                row.attach(scope);
                kept[rows.size()] = labels[i];
                rows.add(row);
                seen[1]++;
              }
            }
            seen[0] += labels.length;
            if (!rows.isEmpty()) {
              NDArray picked = NDArrays.stack(rows);
              picked.attach(scope);
              consumer.accept(picked, Arrays.copyOf(kept, rows.size()));
            }
          }
        });
  }
}
