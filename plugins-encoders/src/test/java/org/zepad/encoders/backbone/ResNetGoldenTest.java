package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.TensorOps.ValueAndGradient;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

@Tag("golden")
class ResNetGoldenTest {

  static Stream<Path> cases() {
    return Stream.concat(
        Golden.cases("backbone", "resnet18_"), Golden.cases("backbone_torch", "resnet"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesInEvaluation(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
        NDManager step = context.manager().newSubManager()) {
      Map<String, NDArray> golden = Golden.load(file, step);
      ResNet net = network(file, golden, context);
      Golden.assertClose(
          "features", net.features(golden.get("x"), false), golden.get("eval_features_hp"), 1e-5);
      List<NDArray> stages = net.activations(stages(net), step).apply(golden.get("x"));
      Golden.assertClose(
          "stem", stages.get(0).sum(new int[] {1, 2, 3}), golden.get("stem_sum_hp"), 1e-5);
      for (int layer = 1; layer <= 4; layer++) {
        Golden.assertClose(
            "layer " + layer,
            stages.get(layer).mean(new int[] {3}).mean(new int[] {2}),
            golden.get("layer" + layer + "_mean_hp"),
            1e-5);
      }
      assertGradient("x", inputGradient(net, golden, false, context), golden, "eval_grad_x_hp");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesInTraining(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
        NDManager step = context.manager().newSubManager()) {
      Map<String, NDArray> golden = Golden.load(file, step);
      ResNet net = network(file, golden, context);
      NDArray features = net.features(golden.get("x"), true);
      Golden.assertClose("features", features, golden.get("train_features_hp"), 2e-5);
      Map<String, NDArray> after = Golden.sub(golden, "after.");
      assertThat(after).hasSizeGreaterThanOrEqualTo(60);
      after.forEach((name, value) -> Golden.assertClose(name, net.state().get(name), value, 5e-6));
      assertGradient("x", inputGradient(net, golden, true, context), golden, "train_grad_x_hp");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesInParameterGradients(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
        NDManager step = context.manager().newSubManager()) {
      Map<String, NDArray> golden = Golden.load(file, step);
      Map<String, NDArray> expected = Golden.sub(golden, "train_g.");
      assumeThat(expected).as("gradients in %s", file).isNotEmpty();
      ResNet net = network(file, golden, context);
      net.state().requireGradients(true);
      context
          .ops()
          .backward(() -> net.features(golden.get("x"), true).mul(golden.get("upstream")).sum());
      expected.forEach(
          (name, value) ->
              assertGradient(
                  name, net.state().get(name).getGradient(), golden, "train_g." + name + "_hp"));
    }
  }

  /** The stem and the last block of each layer. */
  private static List<String> stages(ResNet net) {
    Map<String, String> last = new LinkedHashMap<>();
    net.layers().forEach(name -> last.put(name.split("\\.")[0], name));
    return List.copyOf(last.values());
  }

  private static ResNet network(Path file, Map<String, NDArray> golden, RunContext context) {
    NDArray conv1 = golden.get("sd.conv1.weight");
    int width = (int) conv1.getShape().get(0);
    ResNetOptions options =
        switch ((int) golden.get("stem").toLongArray()[0]) {
          case 0 -> new ResNetOptions(width, Stem.CIFAR, 1);
          case 1 -> new ResNetOptions(width, Stem.CIFAR, 2);
          case 2 -> new ResNetOptions(width, Stem.IMAGENET_REFERENCE, 1);
          default -> new ResNetOptions(width, Stem.IMAGENET, 1);
        };
    String layout = file.getFileName().toString().split("_")[0].toUpperCase(Locale.ROOT);
    ResNet net = new ResNet(ResNetLayout.valueOf(layout), options, context);
    Map<String, NDArray> state = Golden.sub(golden, "sd.");
    assertThat(state.keySet()).containsExactlyElementsOf(net.state().tensors().keySet());
    state.replaceAll((name, value) -> value.reshape(net.state().get(name).getShape()));
    net.state().load(state);
    return net;
  }

  private static NDArray inputGradient(
      ResNet net, Map<String, NDArray> golden, boolean training, RunContext context) {
    ValueAndGradient result =
        context
            .ops()
            .gradient(
                golden.get("x"), x -> net.features(x, training).mul(golden.get("upstream")).sum());
    return result.gradient();
  }

  /** R at most 1e-4, but for one entry in a thousand, whose ReLU may have switched: 1e-2. */
  private static void assertGradient(
      String what, NDArray actual, Map<String, NDArray> golden, String expected) {
    double[] a = Golden.doubles(actual);
    double[] e = Golden.doubles(golden.get(expected));
    assertThat(a).as(what).hasSameSizeAs(e);
    double largest = 0;
    for (double value : e) {
      largest = Math.max(largest, Math.abs(value));
    }
    int beyond = 0;
    for (int i = 0; i < a.length; i++) {
      double r = Math.abs(a[i] - e[i]) / largest;
      assertThat(r).as("R of the gradient of %s", what).isLessThanOrEqualTo(1e-2);
      beyond += r > 1e-4 ? 1 : 0;
    }
    assertThat(beyond)
        .as("entries of the gradient of %s", what)
        .isLessThanOrEqualTo(a.length / 1000);
  }
}
