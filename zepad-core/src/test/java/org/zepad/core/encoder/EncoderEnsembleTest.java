package org.zepad.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.evaluate.TinyEncoder;
import org.zepad.testkit.TinyConvolutions;

class EncoderEnsembleTest {
  private static final int SIZE = 8;
  private static final int FIRST = 16;
  private static final int SECOND = 24;
  private static final int BOTH = FIRST + SECOND;

  private final RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
  private final TinyEncoder first = new TinyEncoder(context.manager(), SIZE, FIRST, 1);
  private final TinyEncoder second = new TinyEncoder(context.manager(), SIZE, SECOND, 2);
  private final EncoderEnsemble ensemble =
      new EncoderEnsemble(List.of(first, second), context.manager());
  private final NDArray images =
      context.manager().randomUniform(0f, 1f, new Shape(4, 3, SIZE, SIZE));

  @AfterEach
  void free() {
    ensemble.close();
    context.close();
  }

  @Test
  void itsFeaturesAreThoseOfTheMembersEachOfLengthOne() {
    float[] joined = ensemble.features(images, false).toFloatArray();
    float[] one = first.features(images, false).toFloatArray();
    assertThat(ensemble.featureDim()).isEqualTo(BOTH);
    assertThat(joined).hasSize(4 * BOTH);
    for (int row = 0; row < 4; row++) {
      double length = 0;
      for (int i = 0; i < FIRST; i++) {
        length += one[row * FIRST + i] * one[row * FIRST + i];
      }
      for (int i = 0; i < FIRST; i++) {
        assertThat((double) joined[row * BOTH + i])
            .isCloseTo(one[row * FIRST + i] / Math.sqrt(length), within(1e-6));
      }
    }
    assertThat(ensemble.evaluator(context.manager()).apply(images).toFloatArray())
        .isEqualTo(joined);
  }

  @Test
  void aGradientReachesThePixelsThroughEveryMember() {
    float[] both = gradient(ensemble.featureDim(), 0);
    float[] ofTheLast = gradient(SECOND, FIRST);
    assertThat(both).isNotEqualTo(ofTheLast);
    assertThat(ofTheLast).isNotEqualTo(new float[ofTheLast.length]);
  }

  private float[] gradient(int count, int from) {
    return context
        .ops()
        .gradient(
            images, x -> ensemble.features(x, false).get(":," + from + ":" + (from + count)).sum())
        .gradient()
        .toFloatArray();
  }

  @Test
  void freezingItFreezesItsMembers() {
    ensemble.state().requireGradients(true);
    assertThat(first.state().get("weight").hasGradient()).isTrue();
    ensemble.state().requireGradients(false);
    assertThat(second.state().get("weight").hasGradient()).isFalse();
    assertThat(ensemble.state().tensors()).containsOnlyKeys("0.weight", "1.weight");
  }

  @Test
  void itsLayersAreThoseThatAllMembersHaveOneAfterTheOther() {
    assertThat(ensemble.layers()).as("members that show none").isEmpty();
    try (EncoderEnsemble twins =
        new EncoderEnsemble(
            List.of(new TinyConvolutions(context), new TinyConvolutions(context)),
            context.manager())) {
      assertThat(twins.layers()).containsExactly("conv1", "conv2");
      try (TinyConvolutions single = new TinyConvolutions(context)) {
        float[] one =
            single
                .activations(List.of("conv2"), context.manager())
                .apply(images)
                .get(0)
                .toFloatArray();
        NDArray both = twins.activations(List.of("conv2"), context.manager()).apply(images).get(0);
        assertThat(both.getShape()).isEqualTo(new Shape(4, 2L * one.length / 4));
        assertThat(both.get("0,:" + one.length / 4).toFloatArray())
            .isEqualTo(Arrays.copyOf(one, one.length / 4));
      }
    }
  }

  @Test
  void aDuplicateHasTensorsOfItsOwn() {
    float[] before = ensemble.features(images, false).toFloatArray();
    try (var copy = ensemble.duplicate()) {
      copy.state().get("0.weight").muli(0);
      assertThat(ensemble.features(images, false).toFloatArray()).isEqualTo(before);
    }
  }
}
