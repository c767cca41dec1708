package org.zepad.attacks.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.TensorOps.ValueAndGradient;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

class LossGoldenTest {

  static Stream<Path> infonce() {
    return Golden.cases("attack", "infonce_");
  }

  static Stream<Path> highpass() {
    return Golden.cases("attack", "highpass_");
  }

  @Tag("golden")
  @ParameterizedTest
  @MethodSource("infonce")
  void infoNceAgrees(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      Map<String, NDArray> golden = Golden.load(file, context.manager());
      NDArray query = golden.get("query");
      NDArray positive = golden.get("positive");
      double temperature = golden.get("temperature").getFloat(0);
      double expected = golden.get("loss_hp").getFloat(0);

      ValueAndGradient byQuery =
          context.ops().gradient(query, q -> InfoNce.loss(q, positive, temperature));
      ValueAndGradient byPositive =
          context.ops().gradient(positive, p -> InfoNce.loss(query, p, temperature));

      assertThat((double) byQuery.value().getFloat())
          .isCloseTo(expected, within(2e-6 + 2e-6 * Math.abs(expected)));
      Golden.assertClose(
          "gradient by query", byQuery.gradient(), golden.get("grad_query_hp"), 2e-5);
      Golden.assertClose(
          "gradient by positive", byPositive.gradient(), golden.get("grad_positive_hp"), 2e-5);
    }
  }

  @Tag("golden")
  @ParameterizedTest
  @MethodSource("highpass")
  void highPassAgrees(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      Map<String, NDArray> golden = Golden.load(file, context.manager());
      NDArray x = golden.get("x");
      NDArray fx = x.add(golden.get("u"));
      int side = (int) x.getShape().get(2);
      NDArray mask =
          HighPass.mask(context.manager(), side, side, golden.get("radius").toLongArray()[0]);
      assertThat(mask.toFloatArray()).isEqualTo(golden.get("mask").toFloatArray());

      NDArray highX = context.ops().highPass(x, mask);
      Golden.assertClose("F(x)", highX, golden.get("high_x_hp"), 5e-6);
      Golden.assertClose(
          "F(x + u)", context.ops().highPass(fx, mask), golden.get("high_fx_hp"), 5e-6);
      ValueAndGradient loss =
          context
              .ops()
              .gradient(fx, y -> context.ops().highPass(y, mask).sub(highX).square().mean());
      Golden.assertClose("loss", loss.value(), golden.get("loss_hp"), 1e-5);
      Golden.assertClose("gradient", loss.gradient(), golden.get("grad_fx_hp"), 5e-5);
      // What the attack computes instead, by linearity: the filter over the change alone.
      ValueAndGradient byChange =
          context
              .ops()
              .gradient(
                  golden.get("u").expandDims(0),
                  u -> context.ops().highPass(u, mask).square().mean());
      Golden.assertClose("loss of the change", byChange.value(), golden.get("loss_hp"), 1e-5);
      Golden.assertClose(
          "gradient by the change", byChange.gradient(), golden.get("grad_u_hp"), 5e-5);
    }
  }

  @Test
  void masksAreCentredOnTheZeroFrequencyOfOddAndOblongPlanes() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager manager = context.manager();
      NDArray mask = HighPass.mask(manager, 5, 8, 1);
      assertThat(mask.sum().getFloat()).isEqualTo(1);
      assertThat(mask.getFloat(2, 4)).isEqualTo(1);
      // Only the mean is removed: a constant plane vanishes.
      NDArray flat = manager.full(new Shape(1, 1, 5, 8), 0.7f);
      assertThat(context.ops().highPass(flat, mask).abs().max().getFloat()).isLessThan(1e-6f);
    }
  }

  @Test
  void aRowOfZerosGivesFiniteGradients() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDArray rows = context.manager().create(new float[] {0, 0, 1, 2, -1, 3}, new Shape(3, 2));
      ValueAndGradient loss = context.ops().gradient(rows, q -> InfoNce.loss(q, rows, 0.1));
      assertThat(Float.isFinite(loss.value().getFloat())).isTrue();
      assertThat(Float.isFinite(loss.gradient().sum().getFloat())).isTrue();
    }
  }
}
