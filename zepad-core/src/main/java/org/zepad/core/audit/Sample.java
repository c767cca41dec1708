package org.zepad.core.audit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Arrays;
import org.zepad.api.dataset.ImageBatches;

/**
 * Test images that checks work on.
 *
 * @param images (N, 3, S, S) in [0, 1]
 * @param labels the N right classes
 * @param classes the number of classes
 */
record Sample(NDArray images, long[] labels, int classes) {

  /**
   * Draws evenly spaced images.
   *
   * @param most how many at most
   * @param scope owns them
   */
  static Sample draw(ImageBatches test, int most, NDManager scope) {
    long[] labels = new long[Picks.count(test, most)];
    NDList parts = new NDList();
    int[] done = {0};
    Picks.forEach(
        test,
        most,
        (images, own) -> {
          NDArray copy = images.duplicate();
          copy.attach(scope);
          parts.add(copy);
          System.arraycopy(own, 0, labels, done[0], own.length);
          done[0] += own.length;
        });
    NDArray all = parts.get(0);
    for (NDArray part : parts.subList(1, parts.size())) {
      NDArray joined = all.concat(part, 0);
      joined.attach(scope);
      all.close();
      part.close();
      all = joined;
    }
    return new Sample(all, labels, test.classes());
  }

  int size() {
    return labels.length;
  }

  /** Images from one number up to, but not including, another; in the scope. */
  NDArray rows(int from, int to, NDManager scope) {
    NDArray rows = images.get(new NDIndex(from + ":" + to));
    rows.attach(scope);
    return rows;
  }

  /** The first images; they share memory with these. */
  Sample first(int count, NDManager scope) {
    int kept = Math.min(count, size());
    return new Sample(rows(0, kept, scope), Arrays.copyOf(labels, kept), classes);
  }
}
