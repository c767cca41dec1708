package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

@Tag("golden")
class VitGoldenTest {
  private static final double FEATURES = 2e-5;
  private static final double GRADIENTS = 1e-4;

  /** Images of the size that the position embeddings were made for, and of others. */
  static Stream<Path> cases() {
    return Stream.concat(Golden.cases("backbone", "vit_"), Golden.cases("backbone_torch", "vit_"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesInTokensAndFeatures(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
        NDManager step = context.manager().newSubManager()) {
      Map<String, NDArray> golden = Golden.load(file, step);
      VisionTransformer net = network(golden, context);
      NDArray x = golden.get("x");
      if (golden.containsKey("patch_tokens_hp")) {
        Golden.assertClose("patches", net.patchTokens(x), golden.get("patch_tokens_hp"), FEATURES);
      }
      Golden.assertClose("tokens", net.tokens(x), golden.get("tokens_hp"), FEATURES);
      for (boolean training : new boolean[] {false, true}) {
        Golden.assertClose(
            "features", net.features(x, training), golden.get("cls_feature_hp"), FEATURES);
      }
      Golden.assertClose(
          "evaluator", net.evaluator(step).apply(x), golden.get("cls_feature_hp"), FEATURES);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesInGradients(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
        NDManager step = context.manager().newSubManager()) {
      Map<String, NDArray> golden = Golden.load(file, step);
      VisionTransformer net = network(golden, context);
      NDArray x = golden.get("x");
      x.setRequiresGradient(true);
      net.state().requireGradients(true);
      context.ops().backward(() -> net.features(x, true).mul(golden.get("upstream")).sum());
      Golden.assertClose("x", x.getGradient(), golden.get("grad_x_hp"), GRADIENTS);
      Map<String, NDArray> expected = Golden.sub(golden, "g.");
      assertThat(expected).containsOnlyKeys(net.state().parameters().keySet());
      expected.forEach(
          (name, value) ->
              Golden.assertClose(name, net.state().get(name).getGradient(), value, GRADIENTS));
    }
  }

  private static VisionTransformer network(Map<String, NDArray> golden, RunContext context) {
    Map<String, NDArray> state = Golden.sub(golden, "sd.");
    Map<String, Shape> shapes = new LinkedHashMap<>();
    state.forEach((name, value) -> shapes.put(name, value.getShape()));
    VitSize told = VitShapes.size(shapes).orElseThrow();
    int heads = (int) golden.get("heads").toLongArray()[0];
    assertThat(told.patch()).isEqualTo((int) golden.get("patch").toLongArray()[0]);
    VitSize size = new VitSize(told.dim(), told.depth(), heads, told.patch(), told.imageSize());
    VisionTransformer net = new VisionTransformer(size, context);
    assertThat(state.keySet()).containsExactlyElementsOf(net.state().tensors().keySet());
    net.state().load(state);
    return net;
  }
}
