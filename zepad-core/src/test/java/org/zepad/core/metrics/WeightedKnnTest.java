package org.zepad.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.testkit.Golden;

class WeightedKnnTest {
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  static Stream<Path> cases() {
    return Golden.cases("metrics", "knn_");
  }

  @Tag("golden")
  @ParameterizedTest
  @MethodSource("cases")
  void votesAsTheReference(Path file) {
    Map<String, NDArray> golden = Golden.load(file, manager);
    long[] trainLabels = golden.get("train_labels").toLongArray();
    long[] testLabels = golden.get("test_labels").toLongArray();
    NDArray test = golden.get("test");
    try (WeightedKnn knn =
        new WeightedKnn(
            golden.get("train"),
            trainLabels,
            WeightedKnn.classes(trainLabels, testLabels),
            (int) golden.get("k").toLongArray()[0],
            golden.get("T").toFloatArray()[0])) {
      check(golden, knn, test, "clean", testLabels, "ref_top1");
      check(golden, knn, test.add(golden.get("shift")), "adv", testLabels, "ref_adv_top1");
    }
  }

  private void check(
      Map<String, NDArray> golden,
      WeightedKnn knn,
      NDArray test,
      String what,
      long[] labels,
      String top1) {
    NDArray expected = golden.get("scores_" + what + "_hp");
    NDArray votes = manager.create(knn.votes(test), expected.getShape());
    Golden.assertClose("votes " + what, votes, expected, 2e-5);
    assertThat(Arrays.stream(knn.predict(test)).asLongStream().toArray())
        .isEqualTo(golden.get("pred_" + what).toLongArray());
    assertThat(100 * knn.accuracy(test, labels).value())
        .isCloseTo(golden.get(top1).toFloatArray()[0], within(1e-3));
  }

  @Test
  void blocksDoNotShow() {
    SplittableRandom random = new SplittableRandom(1);
    int n = 9000;
    NDArray train = noise(n, 6, random);
    long[] labels = random.longs(n, 0, 5).toArray();
    NDArray queries = noise(600, 6, random);
    try (WeightedKnn knn = new WeightedKnn(train, labels, 5)) {
      float[] votes = knn.votes(queries);
      NDArray t = train.normalize(2, 1);
      NDArray q = queries.normalize(2, 1);
      float[] similarities = q.matMul(t.transpose()).toFloatArray();
      for (int row : new int[] {0, 255, 256, 599}) {
        double[] expected = new double[5];
        Stream.iterate(0, i -> i + 1)
            .limit(n)
            .sorted((a, b) -> Float.compare(similarities[row * n + b], similarities[row * n + a]))
            .limit(20)
            .forEach(i -> expected[(int) labels[i]] += Math.exp(similarities[row * n + i] / 0.07));
        for (int c = 0; c < 5; c++) {
          assertThat((double) votes[row * 5 + c])
              .isCloseTo(expected[c], within(1e-5 * (1 + Math.abs(expected[c]))));
        }
      }
    }
  }

  @Test
  void ofEqualRowsTheEarlierIsNearerAndOfEqualVotesTheLowerLabelWins() {
    NDArray same = manager.ones(new Shape(4, 3));
    try (WeightedKnn one = new WeightedKnn(same, new long[] {2, 1, 0, 1}, 3, 1, 0.07);
        WeightedKnn two = new WeightedKnn(same, new long[] {2, 1, 0, 1}, 3, 2, 0.07)) {
      assertThat(one.predict(manager.ones(new Shape(1, 3)))).containsExactly(2);
      assertThat(two.predict(manager.ones(new Shape(1, 3)))).containsExactly(1);
    }
  }

  @Test
  void aClassThatASetLacksDoesNotMatter() {
    assertThat(WeightedKnn.classes(new long[] {0, 6}, new long[] {1})).isEqualTo(7);
    assertThat(WeightedKnn.classes(new long[] {0}, new long[] {9, 1})).isEqualTo(10);
    NDArray rows = manager.eye(2);
    try (WeightedKnn knn = new WeightedKnn(rows, new long[] {0, 3}, 10)) {
      assertThat(knn.accuracy(rows, new long[] {0, 9})).isEqualTo(new Rate(1, 2));
    }
  }

  @Test
  void refusesFeaturesThatAreNoNumbersAndLeavesNothingBehind() {
    NDArray rows = manager.eye(3);
    int before = manager.getManagedArrays().size();
    try (WeightedKnn knn = new WeightedKnn(rows, new long[] {0, 1, 2}, 3)) {
      knn.votes(rows);
      assertThatThrownBy(() -> knn.votes(rows.mul(Float.NaN)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not finite");
    }
    assertThat(manager.getManagedArrays().size() - before).isLessThanOrEqualTo(1);
  }

  private NDArray noise(int n, int d, SplittableRandom random) {
    float[] values = new float[n * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return manager.create(values, new Shape(n, d));
  }
}
