package org.zepad.encoders.ssl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.core.encoder.CheckpointHints;
import org.zepad.core.encoder.Inspection;
import org.zepad.core.encoder.PublicCheckpoints;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.io.Safetensors;
import org.zepad.encoders.backbone.ResNet18Provider;
import org.zepad.encoders.backbone.ResNetOptions;
import org.zepad.encoders.backbone.Stem;

/**
 * What solo-learn leaves in the checkpoints of each method, beside the backbone, does not come in
 * the way, whatever stands before the names. The encoder is found, and not its momentum copy.
 */
class SoloLearnLayoutsTest {

  static Stream<Arguments> methods() {
    return Stream.of(
        Arguments.of("barlow_twins", "barlow-twins", List.of("projector.0.weight")),
        Arguments.of(
            "byol",
            "byol",
            List.of(
                "projector.0.weight",
                "predictor.3.bias",
                "momentum_projector.0.weight",
                "momentum_classifier.weight")),
        Arguments.of(
            "deepclusterv2",
            "deepcluster-v2",
            List.of("prototypes.2.weight", "local_memory_index", "local_memory_embeddings")),
        Arguments.of(
            "dino",
            "dino",
            List.of(
                "head.mlp.0.weight",
                "head.last_layer.weight_g",
                "momentum_head.last_layer.weight_v",
                "dino_loss_func.center")),
        Arguments.of(
            "mocov2plus",
            "moco-v2-plus",
            List.of("queue", "queue_ptr", "momentum_projector.0.bias")),
        Arguments.of(
            "mocov3", "moco-v3", List.of("predictor.0.weight", "momentum_projector.0.bias")),
        Arguments.of(
            "nnclr", "nnclr", List.of("predictor.0.weight", "queue", "queue_y", "queue_ptr")),
        Arguments.of("ressl", "ressl", List.of("queue", "queue_ptr", "momentum_projector.0.bias")),
        Arguments.of("simclr", "simclr", List.of("projector.2.weight")),
        Arguments.of("simsiam", "simsiam", List.of("projector.6.weight", "predictor.0.weight")),
        Arguments.of("supcon", "supcon", List.of("projector.2.weight")),
        Arguments.of(
            "swav", "swav", List.of("prototypes.weight_g", "prototypes.weight_v", "queue")),
        Arguments.of(
            "vibcreg", "vibcreg", List.of("projector.7.running_mean", "projector.7.running_wm")),
        Arguments.of("vicreg", "vicreg", List.of("projector.6.bias")),
        Arguments.of("wmse", "wmse", List.of("projector.3.weight")));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theEncoderIsFound(String written, String name, List<String> beside, @TempDir Path folder) {
    PublicCheckpoints checkpoints =
        new PublicCheckpoints(Map.of("resnet18", new ResNet18Provider()));
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      for (Stem stem : List.of(Stem.CIFAR, Stem.IMAGENET)) {
        for (String prefix : List.of("backbone.", "encoder.", "module.", "")) {
          Path file = folder.resolve(stem + prefix + "x.safetensors");
          write(file, stem, prefix, written, beside, context.manager());
          Inspection found = checkpoints.inspect(file);
          assertThat(found.isEncoder()).as("%s: %s", file, found.problems()).isTrue();
          assertThat(found.method()).isEqualTo(name);
          assertThat(found.prefix()).isEqualTo(prefix);
          try (Encoder encoder = checkpoints.load(file, CheckpointHints.none(), context)) {
            assertThat(encoder.state().get("conv1.weight").toFloatArray()).containsOnly(0.5f);
          }
        }
      }
    }
  }

  /** One half in the encoder, ones in its momentum copy, zeros beside them. */
  private static void write(
      Path file, Stem stem, String prefix, String method, List<String> beside, NDManager parent) {
    try (NDManager scope = parent.newSubManager()) {
      Map<String, NDArray> tensors = new LinkedHashMap<>();
      new ResNet18Provider()
          .shapes(new ResNetOptions(2, stem, 1))
          .forEach(
              (name, shape) -> {
                boolean counter = name.endsWith("num_batches_tracked");
                NDArray ones = scope.ones(shape, counter ? DataType.INT64 : DataType.FLOAT32);
                String copy =
                    prefix.equals("encoder.") ? "momentum_encoder." : "momentum_backbone.";
                tensors.put(copy + name, ones);
                tensors.put(prefix + name, counter ? ones : ones.mul(0.5f));
              });
      // A bare or wrapped network has the rest under the same wrapper.
      String wrapper = prefix.equals("module.") ? "module." : "";
      for (String name : Stream.concat(beside.stream(), Stream.of("classifier.weight")).toList()) {
        tensors.put(wrapper + name, scope.zeros(new Shape(2, 3)));
      }
      Safetensors.write(file, tensors, Map.of("method", method, "dataset", "cifar10"));
    }
  }
}
