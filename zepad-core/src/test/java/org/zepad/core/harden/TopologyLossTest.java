package org.zepad.core.harden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

class TopologyLossTest {
  private static final TopologyLoss LOSS = new TopologyLoss(TopologyLoss.PUBLISHED_SCALE);

  private static RunContext context;

  @BeforeAll
  static void open() {
    context = RunContexts.root(1, Device.cpu(), Progress.silent());
  }

  @AfterAll
  static void close() {
    context.close();
  }

  static Stream<Path> golden() {
    return Golden.cases("genetic_regularization");
  }

  @ParameterizedTest
  @MethodSource("golden")
  @Tag("golden")
  void agreesWithTheReference(Path file) {
    try (NDManager scope = context.manager().newSubManager()) {
      Map<String, NDArray> g = Golden.load(file, scope);
      NDArray first = g.get("first");
      NDArray second = g.get("second");
      NDArray labels = g.get("labels");
      NDArray weight = g.get("weight");
      NDArray loss = LOSS.of(first, second, labels, weight);
      near("loss", loss, g.get("loss_hp"), 1);
      if (g.containsKey("grad_first_hp")) {
        gradient(g, "grad_first_hp", first, a -> LOSS.of(a, second, labels, weight));
        gradient(g, "grad_second_hp", second, b -> LOSS.of(first, b, labels, weight));
        gradient(g, "grad_weight_hp", weight, s -> LOSS.of(first, second, labels, s));
      }

      NDArray s = CrossEntropy.perSample(first, labels);
      Golden.assertClose("step_weight", s, g.get("step_weight_hp"), 5e-6);
      near("step_tp", LOSS.of(first, second, labels, s), g.get("step_tp_hp"), 1);
      Golden.assertClose(
          "step_ce", CrossEntropy.perSample(second, labels).mean(), g.get("step_ce_hp"), 2e-6);
      near("step_total", total(first, second, labels), g.get("step_total_hp"), 20);
      if (g.containsKey("step_grad_clean_hp")) {
        gradient(g, "step_grad_clean_hp", first, a -> total(a, second, labels));
        gradient(g, "step_grad_adv_hp", second, b -> total(first, b, labels));
      }
    }
  }

  @Test
  void zeroRowsHaveFiniteGradients() {
    try (NDManager scope = context.manager().newSubManager()) {
      NDArray first = scope.create(new float[][] {{1, 2, 0}, {0, 0, 0}, {-1, 1, 3}, {2, 0, 1}});
      NDArray second = scope.create(new float[][] {{1, 1, 0}, {2, 0, 1}, {0, 0, 0}, {0, 3, 1}});
      NDArray labels = scope.create(new long[] {0, 1, 1, 2});
      NDArray gradient = context.ops().gradient(first, a -> total(a, second, labels)).gradient();
      assertThat(DoubleStream.of(Golden.doubles(gradient))).allMatch(Double::isFinite);
      gradient = context.ops().gradient(second, b -> total(first, b, labels)).gradient();
      assertThat(DoubleStream.of(Golden.doubles(gradient))).allMatch(Double::isFinite);
    }
  }

  @Test
  void theScaleSetsHowMuchWeightsCount() {
    try (NDManager scope = context.manager().newSubManager()) {
      NDArray a = scope.create(new float[][] {{1, 2, 0}, {0, 1, 2}, {-1, 1, 3}, {2, 0, 1}});
      NDArray b = scope.create(new float[][] {{1, 1, 0}, {2, 0, 1}, {0, -1, 0}, {0, 3, 1}});
      NDArray labels = scope.create(new long[] {0, 1, 1, 2});
      NDArray weights = scope.create(new float[] {0.5f, 1, 0.2f, 2});
      double half = new TopologyLoss(16).of(a, b, labels, weights).getDouble();
      double doubled = LOSS.of(a, b, labels, weights.mul(2)).getDouble();
      assertThat(half).isCloseTo(doubled, within(1e-9));
      assertThat(half).isNotCloseTo(LOSS.of(a, b, labels, weights).getDouble(), within(1e-4));
    }
    assertThatThrownBy(() -> new TopologyLoss(0)).hasMessageContaining("positive");
  }

  private static NDArray total(NDArray clean, NDArray adversarial, NDArray labels) {
    NDArray weights = CrossEntropy.perSample(clean, labels);
    return LOSS.of(clean, adversarial, labels, weights)
        .mul(20)
        .add(CrossEntropy.perSample(adversarial, labels).mean());
  }

  private static void near(String what, NDArray actual, NDArray expected, double factor) {
    double e = Golden.doubles(expected)[0];
    assertThat(Golden.doubles(actual)[0])
        .as(what)
        .isCloseTo(e, within(factor * (2e-6 + 1e-6 * Math.abs(e))));
  }

  /** R of 1e-6 as for float64 sums, plus the float32 logits' own share of the weights' error. */
  private static void gradient(
      Map<String, NDArray> g, String name, NDArray at, UnaryOperator<NDArray> loss) {
    NDArray gradient = context.ops().gradient(at, loss).gradient();
    assertThat(DoubleStream.of(Golden.doubles(gradient)))
        .as(name + " is finite")
        .allMatch(Double::isFinite);
    double tolerance = name.startsWith("grad") ? 1e-6 : 2e-6;
    Golden.assertClose(name, gradient, g.get(name), tolerance);
  }
}
