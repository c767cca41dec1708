package org.zepad.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.fusion.Fusion;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

class FusionTest {
  private static final Fusion ZEPAD =
      new RobustFederalDecision().create(new RobustFederalDecision.Options(3));
  private static final Fusion EQUAL = new EqualFusion().create(new EqualFusion.Options(3));
  private static final Fusion ENTROPY =
      new EntropyFusion().create(new EntropyFusion.Options(3, false));
  private static final Fusion REFERENCE_ENTROPY =
      new EntropyFusion().create(new EntropyFusion.Options(3, true));

  private RunContext context;

  @BeforeEach
  void open() {
    context = RunContexts.root(7, Device.cpu(), Progress.silent());
  }

  @AfterEach
  void close() {
    context.close();
  }

  static Stream<Path> cases() {
    return Golden.cases("fusion");
  }

  @Tag("golden")
  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReference(Path file) {
    Map<String, NDArray> golden = Golden.load(file, context.manager());
    NDArray logits = stacked(golden);

    Fusion.Fused zepad = ZEPAD.fuse(logits);
    Golden.assertClose("out_zepad", zepad.logits(), golden.get("out_zepad_hp"), 2e-6);
    Golden.assertClose("confidence", zepad.confidences(), golden.get("confidence"), 1e-5);
    Golden.assertClose("weight", zepad.weights(), golden.get("weight"), 1e-5);
    Golden.assertClose("out_equal", EQUAL.fuse(logits).logits(), golden.get("out_equal_hp"), 2e-6);
    assertSamePredictions(golden, "zepad", zepad.logits());
    assertSamePredictions(golden, "equal", EQUAL.fuse(logits).logits());
  }

  @Tag("golden")
  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReferencesEntropyFormWhereItIsSound(Path file) {
    Map<String, NDArray> golden = Golden.load(file, context.manager());
    NDArray fused = REFERENCE_ENTROPY.fuse(stacked(golden)).logits();

    assertThat(fused.isNaN().any().getBoolean()).isFalse();
    NDArray sound = golden.get("sound_entropy").toType(DataType.FLOAT32, true).expandDims(1);
    // Unsound rows become 0 on both sides, or stay NaN in the expectation, which is left out.
    Golden.assertClose(
        "out_entropy", fused.mul(sound), golden.get("out_entropy_hp").mul(sound), 1e-5);
  }

  @Tag("golden")
  @ParameterizedTest
  @MethodSource("cases")
  void passesTheGradientOfTheReference(Path file) {
    Map<String, NDArray> golden = Golden.load(file, context.manager());
    NDArray upstream = golden.get("upstream");

    NDArray gradient =
        context
            .ops()
            .gradient(stacked(golden), x -> ZEPAD.fuse(x).logits().mul(upstream).sum())
            .gradient();

    for (int b = 0; b < 3; b++) {
      Golden.assertClose(
          "grad" + (b + 1), gradient.get(b), golden.get("grad" + (b + 1) + "_hp"), 5e-6);
    }
  }

  @Test
  void weightsSumToOneAndAreNotNegative() {
    NDArray logits = random(3, 50, 10, 8f);
    for (Fusion fusion : new Fusion[] {ZEPAD, EQUAL, ENTROPY, REFERENCE_ENTROPY}) {
      Fusion.Fused fused = fusion.fuse(logits);
      assertThat(fused.weights().getShape()).isEqualTo(new Shape(50, 3));
      assertThat(fused.confidences().getShape()).isEqualTo(new Shape(50, 3));
      assertThat(fused.weights().gte(0).all().getBoolean()).isTrue();
      Golden.assertClose(
          "sum of weights",
          fused.weights().sum(new int[] {1}),
          context.manager().ones(new Shape(50)),
          1e-6);
    }
  }

  @Test
  void oneBranchIsLeftAsItIs() {
    NDArray logits = random(1, 20, 5, 3f);
    for (Fusion fusion : new Fusion[] {ZEPAD, EQUAL, ENTROPY, REFERENCE_ENTROPY}) {
      assertThat(fusion.fuse(logits).logits()).isEqualTo(logits.get(0));
    }
  }

  @Test
  void theOrderOfTheBranchesDoesNotMatter() {
    NDArray logits = random(3, 20, 10, 4f);
    NDArray turned = NDArrays.stack(new NDList(logits.get(2), logits.get(0), logits.get(1)));
    for (Fusion fusion : new Fusion[] {ZEPAD, EQUAL, ENTROPY}) {
      Golden.assertClose(
          "fused logits", fusion.fuse(turned).logits(), fusion.fuse(logits).logits(), 2e-6);
    }
  }

  @Test
  void theLeastCertainBranchWeighsLeast() {
    NDArray logits = context.manager().create(new float[] {9, 0, 0, 2, 0, 0, 0, 0, 0});
    NDArray branches = logits.reshape(3, 1, 3);
    for (Fusion fusion : new Fusion[] {ZEPAD, ENTROPY}) {
      float[] weights = fusion.fuse(branches).weights().toFloatArray();
      assertThat(weights[0]).isGreaterThan(weights[1]);
      assertThat(weights[1]).isGreaterThan(weights[2]);
    }
    float[] inverted = REFERENCE_ENTROPY.fuse(branches).weights().toFloatArray();
    assertThat(inverted[0]).isLessThan(inverted[2]);
  }

  @Test
  void entropyFallsBackToEqualWeightsWithFiniteGradients() {
    NDArray chance = context.manager().zeros(new Shape(2, 4, 3));
    assertEqualSharesAndFiniteGradients(ENTROPY, chance);
    NDArray certain = context.manager().zeros(new Shape(2, 4, 3));
    certain.set(new NDIndex(":, :, 1"), 200f);
    assertEqualSharesAndFiniteGradients(REFERENCE_ENTROPY, certain);
  }

  private void assertEqualSharesAndFiniteGradients(Fusion fusion, NDArray logits) {
    assertThat(fusion.fuse(logits).weights().toFloatArray()).containsOnly(0.5f);
    NDArray gradient =
        context.ops().gradient(logits, x -> fusion.fuse(x).logits().get(":, 0").sum()).gradient();
    assertThat(gradient.isNaN().any().getBoolean()).isFalse();
    assertThat(gradient.isInfinite().any().getBoolean()).isFalse();
  }

  private void assertSamePredictions(Map<String, NDArray> golden, String rule, NDArray logits) {
    long[] wanted = golden.get("pred_" + rule).toLongArray();
    long[] decided = golden.get("decided_" + rule).toLongArray();
    long[] actual = logits.argMax(1).toLongArray();
    for (int i = 0; i < wanted.length; i++) {
      if (decided[i] == 1) {
        assertThat(actual[i]).as("prediction %d of %s", i, rule).isEqualTo(wanted[i]);
      }
    }
  }

  private NDArray random(int branches, int images, int classes, float scale) {
    context.reseedEngine(1);
    return context
        .manager()
        .randomNormal(0, scale, new Shape(branches, images, classes), DataType.FLOAT32);
  }

  private static NDArray stacked(Map<String, NDArray> golden) {
    return NDArrays.stack(
        new NDList(golden.get("logits1"), golden.get("logits2"), golden.get("logits3")));
  }
}
