package org.zepad.attacks.pseudotask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.zepad.api.tensor.TensorOps;

/**
 * The smallest changes that take images over the nearest border of their class (Moosavi-Dezfooli,
 * Fawzi and Frossard 2016, algorithm 2), for many images at once. With f the logits, y the class
 * and k each of the candidates:
 *
 * <pre>
 * w_k = gradient of (f_k - f_y),   l = argmin over k of |f_k - f_y| / |w_k|
 * r = r + (|f_l - f_y| / |w_l| + 0.0001) w_l / |w_l|
 * until the class at x + (1 + overshoot) r is another one
 * </pre>
 *
 * The small length is the authors'; it moves images that lie on the border. Points are not clamped.
 *
 * @param logits of images (N, 3, S, S), (N, C), differentiable
 * @param candidates how many other classes are tried: the most likely ones at the beginning
 * @param iterations at most
 * @param overshoot lengthens the whole change
 * @param ops gradients
 */
record DeepFool(
    UnaryOperator<NDArray> logits,
    int candidates,
    int iterations,
    double overshoot,
    TensorOps ops) {
  private static final double BEYOND = 1e-4;

  /**
   * The changes of images.
   *
   * @param points (M, 3, S, S); not changed
   * @param labels the classes that they are to leave
   * @return (1 + overshoot) r for each, 3 S S numbers; where the iterations did not suffice, as far
   *     as they led
   */
  float[][] changes(NDArray points, long[] labels) {
    int pixels = (int) (points.size() / labels.length);
    float[][] changes = new float[labels.length][pixels];
    int[][] others = others(points, labels);
    int[] left = IntStream.range(0, labels.length).toArray();
    for (int i = 0; i < iterations && left.length > 0; i++) {
      try (NDManager scope = points.getManager().newSubManager()) {
        NDArray moved = moved(points, changes, left, scope);
        approach(moved, left, labels, others, changes);
        left = remaining(moved(points, changes, left, scope), left, labels);
      }
    }
    return changes;
  }

  /** For each image the most likely classes but its own. */
  private int[][] others(NDArray points, long[] labels) {
    float[][] scores = scores(points);
    int[][] others = new int[labels.length][];
    for (int i = 0; i < others.length; i++) {
      float[] row = scores[i];
      int own = (int) labels[i];
      others[i] =
          IntStream.range(0, row.length)
              .filter(k -> k != own)
              .boxed()
              .sorted(Comparator.comparingDouble(k -> -row[k]))
              .limit(candidates)
              .mapToInt(Integer::intValue)
              .toArray();
    }
    return others;
  }

  private float[][] scores(NDArray points) {
    try (NDManager scope = points.getManager().newSubManager()) {
      NDArray x = ops.detach(points);
      x.attach(scope);
      NDArray rows = logits.apply(x);
      float[] values = rows.toFloatArray();
      int classes = (int) rows.getShape().get(1);
      float[][] scores = new float[values.length / classes][];
      Arrays.setAll(scores, i -> Arrays.copyOfRange(values, i * classes, (i + 1) * classes));
      return scores;
    }
  }

  private static NDArray moved(NDArray points, float[][] changes, int[] which, NDManager scope) {
    int pixels = changes[0].length;
    float[] flat = new float[which.length * pixels];
    for (int i = 0; i < which.length; i++) {
      System.arraycopy(changes[which[i]], 0, flat, i * pixels, pixels);
    }
    NDArray rows = scope.create(IntStream.of(which).asLongStream().toArray());
    NDArray chosen = points.get(scope, new NDIndex("{}", rows));
    return chosen.add(scope.create(flat, chosen.getShape()));
  }

  /** One iteration for the images that are left. */
  private void approach(
      NDArray moved, int[] left, long[] labels, int[][] others, float[][] changes) {
    float[][] scores = scores(moved);
    int tried = others[0].length;
    List<float[]> gradients = new ArrayList<>();
    for (int rank = 0; rank < tried; rank++) {
      gradients.add(gradients(moved, left, labels, others, rank));
    }
    int pixels = changes[0].length;
    for (int i = 0; i < left.length; i++) {
      int image = left[i];
      double least = Double.POSITIVE_INFINITY;
      double size = 0;
      int nearest = -1;
      for (int rank = 0; rank < tried; rank++) {
        double length = length(gradients.get(rank), i * pixels, pixels);
        double gap = Math.abs(scores[i][others[image][rank]] - scores[i][(int) labels[image]]);
        if (length > 0 && gap / length < least) {
          least = gap / length;
          size = length;
          nearest = rank;
        }
      }
      if (nearest >= 0) {
        double factor = (1 + overshoot) * (least + BEYOND) / size;
        for (int p = 0; p < pixels; p++) {
          changes[image][p] += (float) (factor * gradients.get(nearest)[i * pixels + p]);
        }
      }
    }
  }

  /** The gradients of (f_k - f_y), with k of one rank, by each image's own pixels. */
  private float[] gradients(NDArray moved, int[] left, long[] labels, int[][] others, int rank) {
    long[] own = new long[left.length];
    long[] other = new long[left.length];
    for (int i = 0; i < left.length; i++) {
      own[i] = labels[left[i]];
      other[i] = others[left[i]][rank];
    }
    NDManager scope = moved.getManager();
    Shape column = new Shape(left.length, 1);
    NDArray ofOwn = scope.create(own, column);
    NDArray ofOther = scope.create(other, column);
    return ops.gradient(
            moved,
            x -> {
              NDArray f = logits.apply(x);
              return f.gather(ofOther, 1).sub(f.gather(ofOwn, 1)).sum();
            })
        .gradient()
        .toFloatArray();
  }

  private static double length(float[] values, int from, int count) {
    double squares = 0;
    for (int i = from; i < from + count; i++) {
      squares += (double) values[i] * values[i];
    }
    return Math.sqrt(squares);
  }

  private int[] remaining(NDArray moved, int[] left, long[] labels) {
    float[][] scores = scores(moved);
    return IntStream.range(0, left.length)
        .filter(i -> largest(scores[i]) == labels[left[i]])
        .map(i -> left[i])
        .toArray();
  }

  private static int largest(float[] values) {
    int found = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[found]) {
        found = i;
      }
    }
    return found;
  }
}
