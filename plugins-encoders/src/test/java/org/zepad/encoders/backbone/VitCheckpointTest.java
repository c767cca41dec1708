package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.encoder.CheckpointHints;
import org.zepad.core.encoder.Inspection;
import org.zepad.core.encoder.PublicCheckpoints;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.io.Safetensors;
import org.zepad.testkit.Golden;

/** Files as DINO and timm publish them: bare names, a classifier beside the transformer. */
class VitCheckpointTest {
  private static final CheckpointHints HINTS =
      new CheckpointHints(
          null,
          null,
          Map.of("heads", 3),
          null,
          new Preprocessing(8, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));

  private final PublicCheckpoints checkpoints = new PublicCheckpoints(SmallBackbone.providers());

  @TempDir private Path folder;

  @Test
  void aClassifierIsLeftOutAndAPersonMaySayTheHeads() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
        Backbone net = new VitTinyProvider().create(new VitTinyOptions(12, 2, 3, 4, 8), context)) {
      Map<String, NDArray> tensors = new LinkedHashMap<>(net.state().tensors());
      tensors.put("head.weight", context.manager().ones(new Shape(10, 12)));
      Path file = folder.resolve("vit.safetensors");
      Safetensors.write(file, tensors, Map.of());
      Inspection found = checkpoints.inspect(file, HINTS);
      assertThat(found.problems()).isEmpty();
      assertThat(found.backbone()).isEqualTo("vit-tiny");
      assertThat(found.backboneOptions()).containsEntry("heads", 3);
      assertThat(found.ignored()).containsExactly("head.weight");
      assertThat(checkpoints.inspect(file).backboneOptions()).containsEntry("heads", 1);
      NDArray images = context.manager().randomUniform(0, 1, new Shape(2, 3, 8, 8));
      try (Encoder encoder = checkpoints.load(file, HINTS, context)) {
        Golden.assertClose(
            "features", encoder.features(images, false), net.features(images, false), 1e-6);
      }
    }
  }

  /** timm's {@code global_pool="avg"}: its features are a mean over patches, not a class token. */
  @Test
  void aNetworkThatAveragesItsPatchesIsRefused() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
        Backbone net = new VitTinyProvider().create(new VitTinyOptions(12, 2, 3, 4, 8), context)) {
      Map<String, NDArray> tensors = new LinkedHashMap<>(net.state().tensors());
      tensors.put("fc_norm.weight", tensors.remove("norm.weight"));
      tensors.put("fc_norm.bias", tensors.remove("norm.bias"));
      Path file = folder.resolve("averaged.safetensors");
      Safetensors.write(file, tensors, Map.of());
      assertThat(checkpoints.inspect(file).problems())
          .contains("missing: norm.weight", "unexpected: fc_norm.weight");
    }
  }
}
