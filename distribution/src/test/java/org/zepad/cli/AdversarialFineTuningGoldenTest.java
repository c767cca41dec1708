package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.harden.Compat;
import org.zepad.core.harden.FineTuningOptions;
import org.zepad.core.harden.FineTuningStep;
import org.zepad.core.head.Head;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.testkit.Golden;

/** Two whole steps of fine-tuning a real ResNet-18 with the real pgd against the golden numbers. */
@Tag("golden")
class AdversarialFineTuningGoldenTest {
  private static PluginRegistry plugins;
  private static RunContext context;

  @BeforeAll
  static void open() {
    plugins = PluginRegistry.open(List.of());
    context = RunContexts.root(1, Device.cpu(), Progress.silent());
  }

  @AfterAll
  static void close() {
    context.close();
  }

  static Stream<Path> golden() {
    return Golden.cases("aft_step");
  }

  @ParameterizedTest
  @MethodSource("golden")
  void twoStepsAgree(Path file) {
    try (RunContext part = context.child(file.getFileName().toString())) {
      Map<String, NDArray> g = Golden.load(file, part.manager());
      boolean faithful = g.get("faithful").toLongArray()[0] == 1;
      Map<String, NDArray> weights = Golden.sub(g, "sd.encoder.");
      int width = (int) weights.get("conv1.weight").getShape().get(0);
      int classes = (int) g.get("sd.head.fc3.weight").getShape().get(0);
      Encoder encoder =
          new BackboneEncoder(
              info(width, (int) g.get("x").getShape().get(3)), plugins::createBackbone, part);
      Head head = new Head(part.manager(), encoder.featureDim(), classes, 0, 1);
      // A numpy file keeps scalars as arrays of one entry.
      weights.replaceAll((name, value) -> value.reshape(encoder.state().get(name).getShape()));
      encoder.state().load(weights);
      head.state().load(Golden.sub(g, "sd.head."));
      FineTuningOptions options = options();
      SampleAttack pgd = (SampleAttack) plugins.createAttack("pgd", Map.of());
      try (FineTuningStep step = new FineTuningStep(options, pgd, encoder, head, part)) {
        for (int i = 0; i < 2; i++) {
          step(step, g, i, faithful, encoder, head);
        }
      }
      after(Golden.sub(g, "after.encoder."), encoder.state(), 5e-6, 1e-4);
      after(Golden.sub(g, "after.head."), head.state(), 1e-4, 5e-3);
    }
  }

  private static EncoderInfo info(int width, int side) {
    return new EncoderInfo(
        "resnet18", Map.of("width", width), "unknown", Preprocessing.imagenet(side), Map.of());
  }

  private static FineTuningOptions options() {
    FineTuningOptions d = FineTuningOptions.defaults();
    return new FineTuningOptions(
        d.epochs(),
        8,
        d.headEpochs(),
        d.encoderLearningRate(),
        d.headLearningRate(),
        d.weightDecay(),
        d.decay(),
        d.tpWeight(),
        d.tpScale(),
        0,
        d.attack(),
        d.attackEpsilon(),
        d.attackSteps(),
        d.attackStepSize(),
        0,
        Compat.REFERENCE);
  }

  private static void step(
      FineTuningStep step,
      Map<String, NDArray> g,
      int i,
      boolean faithful,
      Encoder encoder,
      Head head) {
    NDArray x = g.get("x").get(i);
    NDArray labels = g.get("labels").get(i);
    NDArray expected = g.get("x_adv." + i);
    NDArray attacked = step.adversarial(x, labels, "attack-" + i);
    double[] difference = Golden.doubles(attacked.sub(expected).abs());
    long off = Arrays.stream(difference).filter(d -> d > 1e-6).count();
    assertThat(off)
        .as("entries of x_adv." + i + " that differ")
        .isLessThanOrEqualTo(difference.length / 200);
    if (!faithful) {
      step.clear();
    }
    FineTuningStep.Losses losses = step.accumulate(x, expected, labels);
    NDArray found =
        x.getManager()
            .create(
                new float[] {
                  losses.parts().get("topology"), losses.parts().get("adversarial"), losses.total()
                });
    Golden.assertClose("losses." + i, found, g.get("losses." + i + "_hp"), i == 0 ? 2e-5 : 2e-4);
    if (i == 0) {
      gradients(Golden.sub(g, "g.encoder."), encoder.state());
      gradients(Golden.sub(g, "g.head."), head.state());
    }
    step.update(1);
  }

  private static void gradients(Map<String, NDArray> expected, StateDict state) {
    for (String name : expected.keySet()) {
      try (NDArray gradient = JniUtils.getGradient((PtNDArray) state.get(name))) {
        Golden.assertClose(name, gradient, expected.get(name), 2e-4);
      }
    }
  }

  private static void after(
      Map<String, NDArray> expected, StateDict state, double tolerance, double rate) {
    long off = 0;
    long all = 0;
    for (Map.Entry<String, NDArray> e : expected.entrySet()) {
      NDArray actual = state.get(e.getKey());
      if (!state.parameters().containsKey(e.getKey())) {
        Golden.assertClose(e.getKey(), actual, e.getValue(), 1e-4);
        continue;
      }
      double[] a = Golden.doubles(actual);
      double[] b = Golden.doubles(e.getValue());
      for (int i = 0; i < a.length; i++) {
        double d = Math.abs(a[i] - b[i]);
        off += d > tolerance ? 1 : 0;
        all++;
        assertThat(d).as(e.getKey()).isLessThanOrEqualTo(2 * 2 * rate);
      }
    }
    assertThat(off).isLessThanOrEqualTo(all / 1000);
  }
}
