package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.PluginRegistry;

/**
 * The engine's kernels may read memory that they never filled: the numbers must not depend on it.
 */
class UnfilledMemoryTest {

  @ParameterizedTest
  @CsvSource({
    "resnet18,3",
    "resnet18,8",
    "resnet18,10",
    "resnet18,16",
    "resnet18,20",
    "resnet34,4",
    "resnet50,3",
    "vit-tiny,20",
    "vit-small,32"
  })
  void featuresAndGradientsAreFiniteWhateverLayInMemory(String backbone, int width) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager manager = context.manager();
      Encoder encoder =
          new BackboneEncoder(
              new EncoderInfo(
                  backbone,
                  options(backbone, width),
                  "unknown",
                  Preprocessing.imagenet(32),
                  Map.of()),
              PluginRegistry.open(List.of())::createBackbone,
              context);
      NDArray x = manager.randomUniform(0, 1, new Shape(16, 3, 32, 32));
      for (int round = 0; round < 4; round++) {
        boolean training = round % 2 == 0;
        leaveNans(manager);
        NDArray features = encoder.features(x, training);
        assertThat(finite(features)).as("features, training %s", training).isTrue();
        encoder.state().requireGradients(true);
        NDArray v = x.duplicate();
        v.setRequiresGradient(true);
        context
            .ops()
            .backward(
                () -> {
                  leaveNans(manager);
                  NDArray f = encoder.features(v, training);
                  leaveNans(manager);
                  return f.square().sum();
                });
        assertThat(finite(v.getGradient())).as("by the image, training %s", training).isTrue();
        encoder
            .state()
            .parameters()
            .forEach((name, p) -> assertThat(finite(p.getGradient())).as("by %s", name).isTrue());
        encoder.state().requireGradients(false);
        try (NDManager scope = manager.newSubManager()) {
          UnaryOperator<NDArray> evaluator = encoder.evaluator(scope);
          NDArray byImage =
              context
                  .ops()
                  .gradient(
                      x,
                      pixels -> {
                        leaveNans(manager);
                        NDArray f = evaluator.apply(pixels);
                        leaveNans(manager);
                        return f.square().sum();
                      })
                  .gradient();
          assertThat(finite(byImage)).as("by the image, evaluation").isTrue();
        }
      }
    }
  }

  private static Map<String, Object> options(String backbone, int width) {
    return backbone.startsWith("resnet")
        ? Map.of("width", width)
        : Map.of("dim", width, "depth", 2, "patch", 8, "image-size", 16);
  }

  private static boolean finite(NDArray array) {
    return Float.isFinite(array.sum().getFloat());
  }

  /** Frees memory of many sizes that is full of NaN, for the next allocations to find. */
  private static void leaveNans(NDManager manager) {
    for (int round = 0; round < 20; round++) {
      NDList blocks = new NDList();
      for (int size = 6; size < 20; size++) {
        blocks.add(manager.full(new Shape(1L << size), Float.NaN));
      }
      blocks.close();
    }
  }
}
