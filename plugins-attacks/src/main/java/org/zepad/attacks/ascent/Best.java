package org.zepad.attacks.ascent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The best point that was found for each image; until one is offered, the image itself. */
public final class Best {
  private final NDManager scope;
  private final List<NDArray> points = new ArrayList<>();
  private final Rank[] ranks;

  /**
   * Nothing found yet.
   *
   * @param images (N, 3, H, W), N at least 1
   * @param scope owns the copies that are kept
   */
  public Best(NDArray images, NDManager scope) {
    this.scope = scope;
    this.ranks = new Rank[Math.toIntExact(images.getShape().get(0))];
    Arrays.fill(ranks, Rank.LEAST);
    for (int i = 0; i < ranks.length; i++) {
      points.add(copy(images, i));
    }
  }

  /**
   * Keeps those points that beat what there is.
   *
   * @param found (N, 3, H, W); not changed
   */
  public void offer(NDArray found, List<Rank> worth) {
    offer(IntStream.range(0, ranks.length).toArray(), found, worth);
  }

  /**
   * Keeps those points that beat what there is.
   *
   * @param rows whose points they are: the numbers of M images
   * @param found (M, 3, H, W); not changed
   * @param worth M ranks
   */
  public void offer(int[] rows, NDArray found, List<Rank> worth) {
    for (int j = 0; j < rows.length; j++) {
      int i = rows[j];
      if (worth.get(j).beats(ranks[i])) {
        points.set(i, copy(found, j)).close();
        ranks[i] = worth.get(j);
      }
    }
  }

  /** What the best points are worth. */
  public List<Rank> ranks() {
    return List.of(ranks);
  }

  /** The numbers of the images whose best point is worth what is asked. */
  public int[] where(Predicate<Rank> asked) {
    return IntStream.range(0, ranks.length).filter(i -> asked.test(ranks[i])).toArray();
  }

  /** The best points (N, 3, H, W), in the given manager. */
  public NDArray points(NDManager owner) {
    NDArray all = NDArrays.stack(new NDList(points));
    all.attach(owner);
    return all;
  }

  /**
   * Some images of a batch, in the scope.
   *
   * @param images (N, ...)
   * @param rows the numbers of M images, M at least 1
   * @return (M, ...), a copy
   */
  public static NDArray rows(NDArray images, int[] rows, NDManager scope) {
    NDList parts = new NDList();
    try {
      for (int row : rows) {
        parts.add(images.get(row));
      }
      NDArray some = NDArrays.stack(parts);
      some.attach(scope);
      return some;
    } finally {
      parts.close();
    }
  }

  /** A copy: a mere view would hold on to the whole batch. */
  private NDArray copy(NDArray images, int row) {
    try (NDArray view = images.get(row)) {
      NDArray own = view.duplicate();
      own.attach(scope);
      return own;
    }
  }
}
