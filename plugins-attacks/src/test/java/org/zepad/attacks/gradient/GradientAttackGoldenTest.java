package org.zepad.attacks.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.SampleAttack;
import org.zepad.attacks.SmallNetwork;
import org.zepad.attacks.ascent.Ascent;
import org.zepad.attacks.loss.CrossEntropy;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

@Tag("golden")
class GradientAttackGoldenTest {

  static Stream<Path> fgsm() {
    return Golden.cases("attack", "fgsm_");
  }

  static Stream<Path> pgd() {
    return Golden.cases("attack", "pgd10_");
  }

  static Stream<Path> library() {
    return Golden.cases("attack", "pgd_library_");
  }

  @ParameterizedTest
  @MethodSource("fgsm")
  void fgsmAgrees(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      Map<String, NDArray> golden = Golden.load(file, context.manager());
      SmallNetwork target = network(golden, context);
      NDArray x = golden.get("x");
      NDArray labels = golden.get("labels");
      assertGradient(target, x, labels, golden.get("grad_hp"), context);
      Golden.assertClose("logits", target.logits(x), golden.get("logits_clean"), 1e-5);

      SampleAttack attack =
          (SampleAttack) new FgsmProvider().create(new FgsmOptions(number(golden, "eps")));
      NDArray adversarial = attack.perturb(target, x, labels, context);
      assertSameWhereClear(adversarial, golden.get("x_adv"), golden.get("grad_hp"));
      Golden.assertClose("logits", target.logits(adversarial), golden.get("logits_adv"), 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("pgd")
  void pgdAgreesStepByStep(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      Map<String, NDArray> golden = Golden.load(file, context.manager());
      SmallNetwork target = network(golden, context);
      NDArray labels = golden.get("labels");
      NDArray path = golden.get("x_adv");
      long[] steps = golden.get("grad_steps").toLongArray();
      for (int j = 0; j < steps.length; j++) {
        assertGradient(target, path.get(steps[j]), labels, golden.get("grad_hp").get(j), context);
      }
      for (int k = 1; k <= 10; k++) {
        // The first k steps end where the golden ones do, but for a rare gradient near zero.
        NDArray reached = pgd(golden, k).perturb(target, path.get(0), labels, context);
        assertMostlyEqual(reached, path.get(k));
        float loss = CrossEntropy.each(target.logits(path.get(k - 1)), labels).mean().getFloat();
        Golden.assertClose(
            "loss " + (k - 1),
            context.manager().create(loss),
            golden.get("losses").get(k - 1),
            2e-6);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("library")
  void pgdAgreesWithTheLibrary(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      Map<String, NDArray> golden = Golden.load(file, context.manager());
      SmallNetwork target = network(golden, context);
      NDArray labels = golden.get("labels");
      assertGradient(target, golden.get("x"), labels, golden.get("grad_hp"), context);
      int steps = (int) golden.get("steps").toLongArray()[0];
      NDArray reached = pgd(golden, steps).perturb(target, golden.get("x"), labels, context);
      assertMostlyEqual(reached, golden.get("x_adv"));
    }
  }

  private static SmallNetwork network(Map<String, NDArray> golden, RunContext context) {
    return new SmallNetwork(
        Golden.sub(golden, "w."), golden.get("normalised").toLongArray()[0] == 1, context.ops());
  }

  private static SampleAttack pgd(Map<String, NDArray> golden, int steps) {
    return (SampleAttack)
        new PgdProvider()
            .create(
                new PgdOptions(
                    number(golden, "eps"),
                    number(golden, "step"),
                    steps,
                    false,
                    BallNorm.LINF,
                    PgdLoss.CROSS_ENTROPY));
  }

  private static double number(Map<String, NDArray> golden, String name) {
    return golden.get(name).toFloatArray()[0];
  }

  /** The golden gradient is that of the mean, ours of the sum. */
  private static void assertGradient(
      SmallNetwork target, NDArray x, NDArray labels, NDArray expected, RunContext context) {
    NDArray gradient =
        Ascent.gradient(p -> CrossEntropy.each(target.logits(p), labels), x, context.ops())
            .div(x.getShape().get(0));
    Golden.assertClose("gradient", gradient, expected, 1e-5);
  }

  private static void assertSameWhereClear(NDArray actual, NDArray expected, NDArray gradient) {
    float floor = 1e-5f * gradient.abs().max().getFloat();
    NDArray clear = gradient.abs().gt(floor).toType(actual.getDataType(), false);
    assertThat(actual.sub(expected).abs().mul(clear).max().getFloat()).isLessThanOrEqualTo(1e-7f);
  }

  private static void assertMostlyEqual(NDArray actual, NDArray expected) {
    NDArray differing = actual.sub(expected).abs().gt(1e-6f);
    double share = differing.toType(actual.getDataType(), false).mean().getFloat();
    assertThat(share).as("share of differing entries").isLessThanOrEqualTo(0.001);
  }
}
