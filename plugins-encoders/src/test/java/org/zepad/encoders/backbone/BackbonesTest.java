package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.core.engine.RunContexts;

/** The backbones of this module beside each other. */
class BackbonesTest {

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
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
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
}
