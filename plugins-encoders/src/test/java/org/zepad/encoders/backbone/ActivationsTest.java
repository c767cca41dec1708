package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.backbone.Backbone;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

/** What inner layers show, of every backbone of this module. */
class ActivationsTest {

  static Stream<SmallBackbone<?>> backbones() {
    return SmallBackbone.all();
  }

  @Test
  void layersAreNamedFromTheFirstToTheLast() {
    try (RunContext context = context();
        Backbone resNet =
            new ResNet(ResNetLayout.RESNET18, new ResNetOptions(4, Stem.CIFAR, 1), context);
        Backbone vit = new VitTinyProvider().create(new VitTinyOptions(8, 3, 0, 8, 16), context)) {
      assertThat(resNet.layers())
          .containsExactly(
              "stem",
              "layer1.0",
              "layer1.1",
              "layer2.0",
              "layer2.1",
              "layer3.0",
              "layer3.1",
              "layer4.0",
              "layer4.1");
      assertThat(vit.layers()).containsExactly("blocks.0", "blocks.1", "blocks.2");
    }
  }

  @ParameterizedTest
  @MethodSource("backbones")
  void theLastLayerPooledOrNormedIsTheFeatures(SmallBackbone<?> small) {
    try (RunContext context = context();
        Backbone net = small.create(context)) {
      NDManager manager = context.manager();
      context.reseedEngine(0);
      NDArray images = manager.randomNormal(new Shape(2, 3, 32, 32));
      List<String> names = net.layers();
      NDArray last = activations(net, names.subList(names.size() - 1, names.size()), images).get(0);
      NDArray features = net.features(images, false);
      if (last.getShape().dimension() == 4) {
        NDArray pooled = last.mean(new int[] {3}).mean(new int[] {2});
        Golden.assertClose("features", pooled, features, 1e-5);
      } else {
        NDArray token = last.get(":, 0");
        NDArray centred = token.sub(token.mean(new int[] {1}, true));
        NDArray variance = centred.square().mean(new int[] {1}, true);
        NDArray normed =
            centred
                .div(variance.add(VisionTransformer.EPSILON).sqrt())
                .mul(net.state().get("norm.weight"))
                .add(net.state().get("norm.bias"));
        Golden.assertClose("features", normed, features, 1e-5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backbones")
  void outputsComeInTheOrderOfTheNamesAndDoNotDependOnTheCompany(SmallBackbone<?> small) {
    try (RunContext context = context();
        Backbone net = small.create(context)) {
      context.reseedEngine(0);
      NDArray images = context.manager().randomNormal(new Shape(2, 3, 32, 32));
      List<String> names = net.layers();
      String first = names.get(0);
      String last = names.get(names.size() - 1);
      List<String> backwards = List.of(last, names.get(names.size() / 2), first, last);
      List<NDArray> together = activations(net, backwards, images);
      assertThat(together).hasSize(backwards.size());
      for (int i = 0; i < backwards.size(); i++) {
        NDArray alone = activations(net, List.of(backwards.get(i)), images).get(0);
        Golden.assertClose(backwards.get(i), together.get(i), alone, 1e-6);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backbones")
  void gradientsFlowDownToThePixels(SmallBackbone<?> small) {
    try (RunContext context = context();
        Backbone net = small.create(context)) {
      context.reseedEngine(0);
      NDArray images = context.manager().randomNormal(new Shape(2, 3, 32, 32));
      Function<NDArray, List<NDArray>> all = net.activations(net.layers(), context.manager());
      int layers = net.layers().size();
      for (int layer : new int[] {0, layers / 2, layers - 1}) {
        NDArray gradient =
            context.ops().gradient(images, x -> all.apply(x).get(layer).square().mean()).gradient();
        assertThat(gradient.getShape()).isEqualTo(images.getShape());
        float size = gradient.abs().sum().getFloat();
        assertThat(size).as(net.layers().get(layer)).isPositive().isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backbones")
  void nothingIsLeftBehind(SmallBackbone<?> small) {
    try (RunContext context = context();
        Backbone net = small.create(context)) {
      int own = net.state().manager().getManagedArrays().size();
      int outside = context.manager().getManagedArrays().size();
      try (NDManager scope = context.manager().newSubManager();
          NDManager step = context.manager().newSubManager()) {
        Function<NDArray, List<NDArray>> all = net.activations(net.layers(), scope);
        int prepared = scope.getManagedArrays().size();
        NDArray images = step.ones(new Shape(2, 3, 32, 32));
        List<NDArray> expected = new ArrayList<>(all.apply(images));
        expected.add(images);
        assertThat(step.getManagedArrays()).containsExactlyInAnyOrderElementsOf(expected);
        context.ops().gradient(images, x -> all.apply(x).get(0).sum());
        assertThat(scope.getManagedArrays()).hasSize(prepared);
      }
      assertThat(net.state().manager().getManagedArrays()).hasSize(own);
      assertThat(context.manager().getManagedArrays()).hasSize(outside);
    }
  }

  @ParameterizedTest
  @MethodSource("backbones")
  void layersThatAreNotThereAreRefused(SmallBackbone<?> small) {
    try (RunContext context = context();
        Backbone net = small.create(context)) {
      assertThatThrownBy(() -> net.activations(List.of("layer9"), context.manager()))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("'layer9'")
          .hasMessageContaining(net.layers().get(0));
      assertThatThrownBy(() -> net.activations(List.of(), context.manager()))
          .isInstanceOf(ZepadException.class);
    }
  }

  private static List<NDArray> activations(Backbone net, List<String> layers, NDArray images) {
    return net.activations(layers, images.getManager()).apply(images);
  }

  private static RunContext context() {
    return RunContexts.root(1, Device.cpu(), Progress.silent());
  }
}
