package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

/** What the backbone SPI promises, of every backbone of this module. */
class BackboneContractTest {

  static Stream<SmallBackbone<?>> backbones() {
    return SmallBackbone.all();
  }

  @Test
  void allAreSeen() {
    assertThat(SmallBackbone.providers())
        .containsOnlyKeys("resnet18", "resnet34", "resnet50", "vit-tiny", "vit-small");
  }

  @ParameterizedTest
  @MethodSource("backbones")
  void shapesAreThoseOfTheState(SmallBackbone<?> small) {
    try (RunContext context = context(1);
        Backbone net = small.create(context)) {
      Map<String, Shape> made = new LinkedHashMap<>();
      net.state().tensors().forEach((name, tensor) -> made.put(name, tensor.getShape()));
      assertThat(small.shapes()).containsExactlyEntriesOf(made);
      assertThat(net.featureDim()).isEqualTo(small.featureDim());
    }
  }

  @ParameterizedTest
  @MethodSource("backbones")
  void itAloneRecognisesItsTensorsWithItsOptions(SmallBackbone<?> small) {
    for (BackboneProvider<?> provider : SmallBackbone.providers().values()) {
      if (provider.name().equals(small.provider().name())) {
        assertThat(provider.recognise(small.shapes()).map(Record.class::cast))
            .contains(small.options());
      } else {
        assertThat(provider.recognise(small.shapes())).as(provider.name()).isEmpty();
      }
    }
  }

  /** Damage may turn one into another, but never into two. */
  @ParameterizedTest
  @MethodSource("backbones")
  void noTwoRecogniseTheSame(SmallBackbone<?> small) {
    for (String lost : small.shapes().keySet()) {
      Map<String, Shape> damaged = new HashMap<>(small.shapes());
      damaged.remove(lost);
      assertThat(
              SmallBackbone.providers().values().stream()
                  .filter(provider -> provider.recognise(damaged).isPresent()))
          .as("without %s", lost)
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("backbones")
  void theSeedAloneDecidesTheWeights(SmallBackbone<?> small) {
    try (RunContext first = context(4);
        RunContext second = context(4);
        RunContext third = context(5)) {
      Map<String, NDArray> one = small.create(first).state().parameters();
      Map<String, NDArray> same = small.create(second).state().parameters();
      Map<String, NDArray> other = small.create(third).state().parameters();
      one.forEach(
          (name, p) -> {
            assertThat(p.toFloatArray()).as(name).isEqualTo(same.get(name).toFloatArray());
            if (p.getShape().dimension() > 1) {
              assertThat(p.toFloatArray()).as(name).isNotEqualTo(other.get(name).toFloatArray());
            }
          });
    }
  }

  /** The second size is not the one that position embeddings are made for. */
  @ParameterizedTest
  @MethodSource("backbones")
  void nothingIsLeftBehind(SmallBackbone<?> small) {
    try (RunContext context = context(1);
        Backbone net = small.create(context)) {
      int own = context.manager().getManagedArrays().size();
      for (int side : new int[] {32, 48}) {
        try (NDManager step = context.manager().newSubManager()) {
          NDArray images = step.ones(new Shape(2, 3, side, side));
          NDArray features = net.features(images, false);
          assertThat(step.getManagedArrays()).containsExactlyInAnyOrder(images, features);
          assertThat(features.getShape()).isEqualTo(new Shape(2, net.featureDim()));
          net.features(images, true).close();
          assertThat(step.getManagedArrays()).containsExactlyInAnyOrder(images, features);
          context.ops().gradient(images, x -> net.features(x, true).sum());
          net.state().requireGradients(true);
          context.ops().backward(() -> net.features(images, true).sum());
          net.state().requireGradients(false);
        }
        assertThat(context.manager().getManagedArrays()).as("of %s pixels", side).hasSize(own);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backbones")
  void theEvaluatorAgreesAndLeavesNothingBehind(SmallBackbone<?> small) {
    try (RunContext context = context(1);
        Backbone net = small.create(context)) {
      context.reseedEngine(0);
      NDManager manager = context.manager();
      NDArray images = manager.randomNormal(new Shape(2, 3, 32, 32));
      int own = net.state().manager().getManagedArrays().size();
      try (NDManager scope = manager.newSubManager()) {
        UnaryOperator<NDArray> evaluator = net.evaluator(scope);
        Golden.assertClose("features", evaluator.apply(images), net.features(images, false), 5e-6);
      }
      assertThat(net.state().manager().getManagedArrays()).hasSize(own);
    }
  }

  private static RunContext context(long seed) {
    return RunContexts.root(seed, Device.cpu(), Progress.silent());
  }
}
