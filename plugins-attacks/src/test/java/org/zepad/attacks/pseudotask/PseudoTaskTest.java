package org.zepad.attacks.pseudotask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.zepad.api.ZepadException;
import org.zepad.attacks.universal.ObjectiveCheck;
import org.zepad.attacks.universal.PixelRange;
import org.zepad.attacks.universal.PlainTiny;
import org.zepad.attacks.universal.TinyScene;

class PseudoTaskTest {
  private static final int[] ALL = IntStream.range(0, TinyScene.IMAGES).toArray();

  /** The task in plain loops: at the end, a centroid is the direction of its members' mean. */
  private static double[][] centroids(PlainTiny net, double[][] images, long[] labels, int k) {
    double[][] centroids = new double[k][];
    for (int c = 0; c < k; c++) {
      double[] sum = new double[net.features(images[0]).length];
      for (int i = 0; i < images.length; i++) {
        if (labels[i] == c) {
          double[] row = unit(net.features(images[i]));
          Arrays.setAll(sum, d -> sum[d] + row[d]);
        }
      }
      centroids[c] = unit(sum);
    }
    return centroids;
  }

  private static double[] unit(double[] values) {
    double length = Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
    return Arrays.stream(values).map(v -> v / length).toArray();
  }

  private static double[] logits(
      PlainTiny net, double[] image, double[][] centroids, double scale) {
    double[] row = unit(net.features(image));
    return Arrays.stream(centroids)
        .mapToDouble(
            c -> scale * IntStream.range(0, c.length).mapToDouble(d -> c[d] * row[d]).sum())
        .toArray();
  }

  private static double crossEntropy(
      PlainTiny net, double[][] bases, double[][] images, long[] labels, double scale) {
    double[][] centroids = centroids(net, bases, labels, 2);
    double sum = 0;
    for (int i = 0; i < images.length; i++) {
      double[] f = logits(net, images[i], centroids, scale);
      sum += Math.log(Arrays.stream(f).map(Math::exp).sum()) - f[(int) labels[i]];
    }
    return sum / images.length;
  }

  private static long[] labels() {
    try (TinyScene tiny = new TinyScene()) {
      return PseudoTask.of(2, 10, tiny.scene()).labels(ALL);
    }
  }

  @Test
  void clustersAreTheTwoKindsOfImages() {
    long[] labels = labels();
    for (int i = 2; i < labels.length; i++) {
      assertThat(labels[i]).isEqualTo(labels[i - 2]);
    }
    assertThat(labels[0]).isNotEqualTo(labels[1]);
  }

  @Test
  void theObjectiveIsTheCrossEntropyOfTheCleanClusters() {
    long[] labels = labels();
    ObjectiveCheck.assertAgrees(
        scene -> new ClusterCrossEntropy(PseudoTask.of(2, 10, scene)),
        (net, bases, images) -> crossEntropy(net, bases, images, labels, 10));
  }

  @Test
  void projectedGradientDescentRaisesItFarAboveNoise() {
    long[] labels = labels();
    double rise =
        ObjectiveCheck.riseOverNoise(
            "uapgd",
            Map.of("epsilon", TinyScene.EPSILON, "epochs", 60, "step-size", 0.004, "clusters", 2),
            (net, bases, images) -> crossEntropy(net, bases, images, labels, 10));
    assertThat(rise).isGreaterThan(3);
  }

  @Test
  void deepFoolTakesImagesJustOverTheBorder() {
    try (TinyScene tiny = new TinyScene()) {
      PseudoTask task = PseudoTask.of(2, 10, tiny.scene());
      NDArray images = tiny.images.images();
      long[] labels = task.labels(ALL);
      float[][] changes =
          new DeepFool(task::logits, 1, 20, 0.02, tiny.context.ops()).changes(images, labels);
      NDArray change = tiny.context.manager().create(flat(changes), images.getShape());
      assertThat(task.logits(images.add(change)).argMax(1).toLongArray())
          .as("all are driven out")
          .isEqualTo(Arrays.stream(labels).map(label -> 1 - label).toArray());
      assertThat(task.logits(images.add(change.mul(0.9))).argMax(1).toLongArray())
          .as("nine tenths of the way none is")
          .isEqualTo(labels);
    }
  }

  /** Of a linear classifier, the first step already is the smallest change there is. */
  @Test
  void deepFoolIsExactForALinearClassifier() {
    try (TinyScene tiny = new TinyScene()) {
      SplittableRandom random = new SplittableRandom(2);
      int pixels = 3 * TinyScene.SIDE * TinyScene.SIDE;
      float[] weights = new float[pixels * 3];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) random.nextGaussian();
      }
      NDArray matrix = tiny.context.manager().create(weights, new Shape(pixels, 3));
      NDArray images = tiny.images.images();
      NDArray scores = images.reshape(TinyScene.IMAGES, -1).matMul(matrix);
      long[] labels = scores.argMax(1).toLongArray();
      float[][] changes =
          new DeepFool(
                  x -> x.reshape(x.getShape().get(0), -1).matMul(matrix),
                  2,
                  10,
                  0.02,
                  tiny.context.ops())
              .changes(images, labels);
      float[] f = scores.toFloatArray();
      for (int i = 0; i < labels.length; i++) {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 3; k++) {
          if (k != labels[i]) {
            double squares = 0;
            for (int p = 0; p < pixels; p++) {
              squares += Math.pow(weights[p * 3 + k] - weights[p * 3 + (int) labels[i]], 2);
            }
            least =
                Math.min(least, (f[i * 3 + (int) labels[i]] - f[i * 3 + k]) / Math.sqrt(squares));
          }
        }
        double length = 0;
        for (float change : changes[i]) {
          length += change * change;
        }
        assertThat(Math.sqrt(length)).isCloseTo(1.02 * (least + 1e-4), within(1e-3 * least + 1e-5));
      }
    }
  }

  @Test
  void universalPerturbationDrivesOutFarMoreImagesThanNoise() {
    try (TinyScene tiny = new TinyScene()) {
      double epsilon = 0.02;
      double[] delta =
          ObjectiveCheck.craft(
              "uap",
              Map.of("epsilon", epsilon, "epochs", 10, "clusters", 4, "batch-size", 3),
              tiny);
      PseudoTask task = PseudoTask.of(4, 10, tiny.scene());
      int noise = 0;
      for (int seed = 0; seed < 10; seed++) {
        double[] signs = TinyScene.noise(seed);
        Arrays.setAll(signs, i -> epsilon / TinyScene.EPSILON * signs[i]);
        noise = Math.max(noise, drivenOut(task, signs, tiny));
      }
      assertThat(drivenOut(task, delta, tiny))
          .as("of 8 images, of which noise drives out %d", noise)
          .isGreaterThan(2 * noise)
          .isGreaterThan(3);
    }
  }

  private static int drivenOut(PseudoTask task, double[] delta, TinyScene tiny) {
    float[] values = new float[delta.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) delta[i];
    }
    NDArray change =
        tiny.context.manager().create(values, new Shape(1, 3, TinyScene.SIDE, TinyScene.SIDE));
    long[] found =
        task.logits(PixelRange.add(tiny.images.images(), change)).argMax(1).toLongArray();
    long[] labels = task.labels(ALL);
    return (int) IntStream.range(0, found.length).filter(i -> found[i] != labels[i]).count();
  }

  @Test
  void sphericalKMeansFindsSeparateDirections() {
    try (TinyScene tiny = new TinyScene()) {
      SplittableRandom random = new SplittableRandom(4);
      float[] values = new float[60 * 4];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((i % 4 == i / 4 % 3 ? 1 : 0) + 0.1 * random.nextGaussian());
      }
      NDArray rows = tiny.context.manager().create(values, new Shape(60, 4)).normalize(2, 1, 1e-12);
      NDArray centres = SphericalKMeans.of(rows, 3, random);
      for (int axis = 0; axis < 3; axis++) {
        assertThat(centres.get(new NDIndex(":, " + axis)).max().getFloat()).isGreaterThan(0.99f);
      }
      assertThat(centres.norm(new int[] {1}).toFloatArray())
          .usingComparatorWithPrecision(1e-5f)
          .containsOnly(1, 1, 1);
    }
  }

  @Test
  void fewerImagesThanClustersAreRefused() {
    try (TinyScene tiny = new TinyScene()) {
      assertThatThrownBy(() -> PseudoTask.of(9, 10, tiny.scene()))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("clusters is 9, but there are only 8");
    }
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
    }
    return flat;
  }
}
