package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.backbone.Backbone;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;

class VitProviderTest {
  private final VitTinyProvider tiny = new VitTinyProvider();
  private final VitSmallProvider small = new VitSmallProvider();

  @Test
  void theDefaultsAreThePublishedSizes() {
    VitTinyOptions ofTiny = OptionsBinder.bind("vit-tiny", VitTinyOptions.class, Map.of());
    VitSmallOptions ofSmall = OptionsBinder.bind("vit-small", VitSmallOptions.class, Map.of());
    assertThat(ofTiny).isEqualTo(new VitTinyOptions(192, 12, 3, 16, 224));
    assertThat(ofSmall).isEqualTo(new VitSmallOptions(384, 12, 6, 16, 224));
    // DeiT-tiny's 5,717,416 and DeiT-small's 22,050,664 less their classifiers.
    assertThat(parameters(tiny.shapes(ofTiny))).isEqualTo(5_524_416);
    assertThat(parameters(small.shapes(ofSmall))).isEqualTo(21_665_664);
  }

  @ParameterizedTest
  @CsvSource({"192,3", "384,6", "768,12", "64,1", "48,1", "1,1", "200,2", "193,1"})
  void headsHaveAtLeastSixtyFourNumbersEachWhereTheyCan(int dim, int heads) {
    assertThat(VitSize.usualHeads(dim)).isEqualTo(heads);
    assertThat(new VitTinyOptions(dim, 1, 0, 4, 8).heads()).isEqualTo(heads);
  }

  @Test
  void recognisesDamagedOnesAndRefusesOthers() {
    VitTinyOptions options = new VitTinyOptions(12, 3, 0, 4, 8);
    Map<String, Shape> shapes = new HashMap<>(tiny.shapes(options));
    shapes.remove("blocks.1.mlp.fc1.weight");
    shapes.remove("norm.bias");
    assertThat(tiny.recognise(shapes)).contains(options);
    shapes.put("cls_token", new Shape(1, 1, 11));
    assertThat(tiny.recognise(shapes)).contains(options);
    shapes.put("pos_embed", new Shape(1, 6, 12));
    assertThat(tiny.recognise(shapes)).as("two class tokens").isEmpty();
    shapes.put("pos_embed", new Shape(1, Long.MAX_VALUE, 12));
    assertThat(tiny.recognise(shapes)).isEmpty();
    shapes.putAll(tiny.shapes(options));
    shapes.put("patch_embed.proj.weight", new Shape(Long.MAX_VALUE, 3, 4, 4));
    assertThat(tiny.recognise(shapes)).isEmpty();
    assertThat(small.recognise(shapes)).isEmpty();
    shapes.putAll(tiny.shapes(options));
    shapes.put("blocks.999.norm1.weight", new Shape(12));
    assertThat(tiny.recognise(shapes)).isEmpty();
    assertThat(tiny.recognise(Map.of())).isEmpty();
    assertThat(tiny.recognise(Map.of("conv1.weight", new Shape(64, 3, 7, 7)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|1|0|4|8|dim from 1 to 1024, got 0",
        "12|0|0|4|8|depth from 1 to 48, got 0",
        "12|1|5|4|8|divides its dim 12, or 0 for the usual, got 5",
        "12|1|-1|4|8|got -1",
        "12|1|0|65|65|patch from 1 to 64 pixels, got 65",
        "12|1|0|4|10|multiple of its patch 4, got 10",
        "12|1|0|4|0|image-size up to 1024"
      })
  void refusesNonsense(int dim, int depth, int heads, int patch, int imageSize, String message) {
    assertThatThrownBy(() -> new VitTinyOptions(dim, depth, heads, patch, imageSize))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> new VitSmallOptions(dim, depth, heads, patch, imageSize))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesImagesThatHoldNoPatch() {
    try (RunContext context = context();
        Backbone net = tiny.create(new VitTinyOptions(8, 1, 0, 8, 16), context)) {
      NDArray images = context.manager().ones(new Shape(1, 3, 7, 16));
      assertThatThrownBy(() -> net.features(images, false))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("7 x 16 pixels hold no patch of 8");
    }
  }

  @Test
  void weightsBeginAsDinos() {
    try (RunContext context = context();
        Backbone net = tiny.create(new VitTinyOptions(64, 1, 0, 4, 32), context)) {
      NDArray weight = net.state().get("blocks.0.mlp.fc1.weight");
      assertThat((double) weight.square().mean().getFloat()).isCloseTo(4e-4, offset(2e-5));
      assertThat((double) net.state().get("pos_embed").square().mean().getFloat())
          .isCloseTo(4e-4, offset(4e-5));
      assertThat(net.state().get("blocks.0.attn.qkv.bias").toFloatArray()).containsOnly(0);
      assertThat(net.state().get("blocks.0.norm1.weight").toFloatArray()).containsOnly(1);
      NDArray patches = net.state().get("patch_embed.proj.weight");
      assertThat((double) patches.square().mean().getFloat()).isCloseTo(1.0 / 48 / 3, offset(5e-4));
    }
  }

  @Test
  void theEnginesGeluIsTheExactOne() {
    try (RunContext context = context()) {
      // x Phi(x); the approximation by tanh gives 0.841192 and -0.045402.
      assertThat(Activation.gelu(context.manager().create(new float[] {1, -2})).toFloatArray())
          .containsExactly(new float[] {0.8413447f, -0.0455003f}, offset(1e-6f));
    }
  }

  private static long parameters(Map<String, Shape> shapes) {
    return shapes.values().stream().mapToLong(Shape::size).sum();
  }

  private static RunContext context() {
    return RunContexts.root(1, Device.cpu(), Progress.silent());
  }
}
