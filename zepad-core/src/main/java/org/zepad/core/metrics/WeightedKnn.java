package org.zepad.core.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Arrays;

/**
 * The weighted k-nearest-neighbour classifier that judges features without training anything (Wu et
 * al. 2018, "Unsupervised Feature Learning via Non-Parametric Instance Discrimination"): rows are
 * divided by their length, similarity is the dot product, and the k most similar training rows vote
 * for their label with weight exp(similarity / temperature).
 *
 * <p>Order of ties: of equally similar training rows the earlier one is nearer; of classes with
 * equal votes {@link Ranking} takes the lower label. Features are compared block by block, so
 * memory stays bounded however many there are. It owns its copy of the training rows; close it to
 * free them. Not thread-safe.
 */
public final class WeightedKnn implements AutoCloseable {
  /** The usual number of neighbours. */
  public static final int NEIGHBOURS = 20;

  /** The usual temperature. */
  public static final double TEMPERATURE = 0.07;

  /** 256 x 4096 similarities are 4 MiB. */
  private static final int QUERIES = 256;

  private static final int ROWS = 4096;

  private final NDManager scope;
  private final NDArray bank;
  private final int[] labels;
  private final int classes;
  private final int k;
  private final double temperature;

  /**
   * A classifier.
   *
   * @param features (N, D) float32, N at least 1; copied
   * @param labels the N classes of the rows, in [0, classes)
   * @param classes the length of a row of votes; see {@link #classes(long[], long[])}
   * @param k how many neighbours vote, at least 1; all rows where there are fewer
   * @param temperature positive; the smaller, the more the nearest rows decide
   */
  public WeightedKnn(NDArray features, long[] labels, int classes, int k, double temperature) {
    if (features.getShape().get(0) != labels.length || labels.length == 0) {
      throw new IllegalArgumentException(
          labels.length + " labels for features of shape " + features.getShape());
    }
    if (k < 1 || !(temperature > 0)) {
      throw new IllegalArgumentException(
          "k-NN needs k >= 1 and a positive temperature, got " + k + " and " + temperature);
    }
    this.labels = Arrays.stream(labels).mapToInt(Math::toIntExact).toArray();
    for (int label : this.labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "label " + label + " is not one of the " + classes + " classes");
      }
    }
    this.classes = classes;
    this.k = Math.min(k, labels.length);
    this.temperature = temperature;
    this.scope = features.getManager().newSubManager();
    this.bank = unit(features, scope);
  }

  /** A classifier with the usual number of neighbours and temperature. */
  public WeightedKnn(NDArray features, long[] labels, int classes) {
    this(features, labels, classes, NEIGHBOURS, TEMPERATURE);
  }

  /**
   * The number of classes that covers two sets: the largest label of either, plus one. A class that
   * one of the sets lacks changes nothing.
   */
  public static int classes(long[] training, long[] test) {
    long largest = Math.max(max(training), max(test));
    return Math.toIntExact(largest + 1);
  }

  /**
   * The votes of each class.
   *
   * @param queries (Q, D) float32
   * @return Q rows of C sums, row by row; predict with {@link Ranking#argMax}, or add them to
   *     {@link Outcomes}
   * @throws IllegalArgumentException if a feature is not a finite number
   */
  public float[] votes(NDArray queries) {
    int count = (int) queries.getShape().get(0);
    float[] votes = new float[Math.multiplyExact(count, classes)];
    for (int from = 0; from < count; from += QUERIES) {
      int size = Math.min(QUERIES, count - from);
      Neighbours[] nearest = nearest(queries, from, size);
      for (int row = 0; row < size; row++) {
        count(nearest[row], votes, (from + row) * classes);
      }
    }
    return votes;
  }

  /** The predicted classes of features (Q, D). */
  public int[] predict(NDArray queries) {
    float[] votes = votes(queries);
    int[] predicted = new int[votes.length / classes];
    Arrays.setAll(predicted, row -> Ranking.argMax(votes, row, classes));
    return predicted;
  }

  /** How many of the features (Q, D) are given their right label. */
  public Rate accuracy(NDArray queries, long[] right) {
    int[] predicted = predict(queries);
    if (predicted.length != right.length) {
      throw new IllegalArgumentException(
          right.length + " labels for " + predicted.length + " rows");
    }
    int hits = 0;
    for (int i = 0; i < right.length; i++) {
      hits += predicted[i] == right[i] ? 1 : 0;
    }
    return new Rate(hits, right.length);
  }

  @Override
  public void close() {
    scope.close();
  }

  private Neighbours[] nearest(NDArray queries, int from, int size) {
    Neighbours[] nearest = new Neighbours[size];
    Arrays.setAll(nearest, row -> new Neighbours(k));
    try (NDManager block = scope.newSubManager()) {
      NDArray rows = unit(rows(queries, from, size, block), block);
      for (int start = 0; start < labels.length; start += ROWS) {
        int length = Math.min(ROWS, labels.length - start);
        try (NDManager inner = block.newSubManager()) {
          NDArray some = rows(bank, start, length, inner);
          float[] similarities = rows.matMul(some.transpose()).toFloatArray();
          for (int row = 0; row < size; row++) {
            nearest[row].offer(similarities, row * length, length, start);
          }
        }
      }
    }
    return nearest;
  }

  private void count(Neighbours nearest, float[] votes, int offset) {
    if (nearest.size < k) {
      throw new IllegalArgumentException("k-NN was given features that are not finite numbers");
    }
    double[] sums = new double[classes];
    for (int i = 0; i < k; i++) {
      sums[labels[nearest.rows[i]]] += Math.exp(nearest.similarities[i] / temperature);
    }
    for (int c = 0; c < classes; c++) {
      votes[offset + c] = (float) sums[c];
    }
  }

  private static NDArray rows(NDArray all, int from, int size, NDManager scope) {
    NDArray some = all.get(new NDIndex("{}:{}", from, from + size));
    some.attach(scope);
    return some;
  }

  private static NDArray unit(NDArray x, NDManager scope) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray view = x.stopGradient();
      view.attach(inner);
      NDArray unit = view.normalize(2, 1, 1e-12);
      unit.attach(scope);
      return unit;
    }
  }

  private static long max(long[] labels) {
    return Arrays.stream(labels).max().orElse(-1);
  }

  /** The k most similar rows so far, most similar first. */
  private static final class Neighbours {
    private final float[] similarities;
    private final int[] rows;
    private int size;

    Neighbours(int k) {
      similarities = new float[k];
      rows = new int[k];
    }

    /** Offers rows in ascending order, so that of equals the earlier one stays ahead. */
    void offer(float[] values, int from, int length, int firstRow) {
      for (int i = 0; i < length; i++) {
        float value = values[from + i];
        if (size < rows.length ? !Float.isNaN(value) : value > similarities[size - 1]) {
          insert(value, firstRow + i);
        }
      }
    }

    private void insert(float value, int row) {
      int place = size < rows.length ? size++ : size - 1;
      while (place > 0 && similarities[place - 1] < value) {
        similarities[place] = similarities[place - 1];
        rows[place] = rows[place - 1];
        place--;
      }
      similarities[place] = value;
      rows[place] = row;
    }
  }
}
