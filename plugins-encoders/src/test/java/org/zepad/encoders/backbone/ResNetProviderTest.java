package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.backbone.Backbone;
import org.zepad.core.engine.RunContexts;

class ResNetProviderTest {
  private final ResNet18Provider provider = new ResNet18Provider();

  @ParameterizedTest
  @EnumSource(Stem.class)
  void recognisesItsOwnShapes(Stem stem) {
    try (RunContext context = context(1);
        Backbone net = provider.create(new ResNetOptions(5, stem, 1), context)) {
      Stem told = stem == Stem.IMAGENET_REFERENCE ? Stem.IMAGENET : stem;
      assertThat(provider.recognise(shapes(net))).contains(new ResNetOptions(5, told, 1));
      assertThat(net.featureDim()).isEqualTo(40);
      assertThat(net.state().tensors()).hasSize(120);
      assertThat(net.state().parameters()).hasSize(60);
    }
  }

  @Test
  void testsRunOnTheModulePath() {
    assertThat(getClass().getModule().isNamed()).isTrue();
  }

  @Test
  void recognisesDamagedOnesAndRefusesOthers() {
    try (RunContext context = context(1);
        Backbone net = provider.create(new ResNetOptions(2, Stem.CIFAR, 1), context)) {
      Map<String, Shape> damaged = new HashMap<>(shapes(net));
      damaged.remove("layer4.1.bn2.bias");
      assertThat(provider.recognise(damaged)).contains(new ResNetOptions(2, Stem.CIFAR, 1));
      Map<String, Shape> deeper = new HashMap<>(shapes(net));
      deeper.put("layer1.2.conv1.weight", new Shape(2, 2, 3, 3));
      assertThat(provider.recognise(deeper)).isEmpty();
      assertThat(provider.recognise(Map.of())).isEmpty();
      assertThat(provider.recognise(Map.of("cls_token", new Shape(1, 1, 48)))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"RESNET18,11176512,512", "RESNET34,21284672,512", "RESNET50,23508032,2048"})
  void asManyParametersAndFeaturesAsTorchvisions(
      ResNetLayout layout, long parameters, int features) {
    ResNetOptions options = new ResNetOptions(64, Stem.IMAGENET, 1);
    long counted =
        ResNetShapes.of(layout, options).entrySet().stream()
            .filter(e -> !e.getKey().contains("running_") && !e.getKey().endsWith("_tracked"))
            .mapToLong(e -> e.getValue().size())
            .sum();
    assertThat(counted).isEqualTo(parameters);
    assertThat(layout.featureDim(64)).isEqualTo(features);
  }

  @Test
  void theBlocksTellWhichNetworkEvenWhenSomeAreMissing() {
    assertThat(layoutOf("layer1.0.conv1.weight")).contains(ResNetLayout.RESNET18);
    assertThat(layoutOf("layer1.0.conv1.weight", "layer3.5.bn1.bias"))
        .contains(ResNetLayout.RESNET34);
    assertThat(layoutOf("layer1.0.conv3.weight")).contains(ResNetLayout.RESNET50);
    assertThat(layoutOf("layer1.0.conv1.weight", "layer4.2.conv3.weight"))
        .contains(ResNetLayout.RESNET50);
    // ResNet-101 and -152.
    assertThat(layoutOf("layer1.0.conv3.weight", "layer3.22.conv3.weight")).isEmpty();
    assertThat(layoutOf("layer1.0.conv3.weight", "layer2.7.conv3.weight")).isEmpty();
    assertThat(layoutOf("layer2.0.conv1.weight", "layer11.0.conv1.weight")).isEmpty();
  }

  @Test
  void theSeedAloneDecidesTheWeights() {
    ResNetOptions options = new ResNetOptions(3, Stem.CIFAR, 1);
    try (RunContext first = context(4);
        RunContext second = context(4);
        RunContext third = context(5)) {
      float[] one = weight(provider.create(options, first));
      assertThat(weight(provider.create(options, second))).isEqualTo(one);
      assertThat(weight(provider.create(options, third))).isNotEqualTo(one);
    }
  }

  @Test
  void weightsBeginAsTorchvisions() {
    try (RunContext context = context(1);
        Backbone net = provider.create(new ResNetOptions(16, Stem.CIFAR, 1), context)) {
      NDArray conv = net.state().get("layer4.1.conv2.weight");
      double variance = 2.0 / (128 * 9);
      assertThat((double) conv.square().mean().getFloat())
          .isCloseTo(variance, offset(0.02 * variance));
      assertThat((double) conv.mean().getFloat()).isCloseTo(0, offset(1e-3));
      assertThat(net.state().get("bn1.weight").toFloatArray()).containsOnly(1);
      assertThat(net.state().get("bn1.bias").toFloatArray()).containsOnly(0);
    }
  }

  @Test
  void evaluationChangesNothingAndTrainingCounts() {
    try (RunContext context = context(1);
        NDManager step = context.manager().newSubManager();
        Backbone net = provider.create(new ResNetOptions(2, Stem.CIFAR, 1), context)) {
      NDArray images = step.ones(new Shape(2, 3, 8, 8));
      int own = net.state().manager().getManagedArrays().size();
      NDArray mean = net.state().get("bn1.running_mean");
      net.features(images, false).close();
      assertThat(mean.toFloatArray()).containsOnly(0);
      net.features(images, true).close();
      net.features(images, true).close();
      assertThat(mean.toFloatArray()).doesNotContain(0);
      assertThat(net.state().get("layer3.0.downsample.1.num_batches_tracked").getLong())
          .isEqualTo(2);
      assertThat(step.getManagedArrays()).containsExactly(images);
      assertThat(net.state().manager().getManagedArrays()).hasSize(own);
    }
  }

  @Test
  void refusesPaddingWhereItIsFixed() {
    assertThatThrownBy(() -> new ResNetOptions(64, Stem.IMAGENET, 2))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("cifar");
    assertThatThrownBy(() -> new ResNetOptions(0, Stem.CIFAR, 1))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("width 0");
  }

  private static Optional<ResNetLayout> layoutOf(String... names) {
    return ResNetLayout.of(Set.of(names));
  }

  private static RunContext context(long seed) {
    return RunContexts.root(seed, Device.cpu(), Progress.silent());
  }

  private static float[] weight(Backbone net) {
    return net.state().get("layer2.0.conv1.weight").toFloatArray();
  }

  private static Map<String, Shape> shapes(Backbone net) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    net.state().tensors().forEach((name, tensor) -> shapes.put(name, tensor.getShape()));
    return shapes;
  }
}
