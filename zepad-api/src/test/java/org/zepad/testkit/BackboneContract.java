package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;

/**
 * What every backbone must do. Extend it, say which backbone with which options, and run it with
 * JUnit: it tells its tensors before it makes them and knows them again, its weights come from the
 * seed alone, its features are finite, depend on one image each in evaluation mode, and are
 * differentiable down to pixels and parameters; its faster forms agree with them, and no tensor
 * stays behind.
 *
 * <p>Choose options that make it small.
 *
 * @param <O> the backbone's options
 */
public abstract class BackboneContract<O extends Record> extends ProviderContract<O> {
  private static final int IMAGES = 3;

  /** How far two ways to compute the same may lie apart, as a share of the largest number. */
  private static final double ROUNDING = 2e-5;

  /** The backbone. */
  @Override
  protected abstract BackboneProvider<O> provider();

  /** A context to work in, for instance core's {@code RunContexts.root}; the caller closes it. */
  protected abstract RunContext context(long seed);

  /** Sides of the images that are tried, in pixels. */
  protected List<Integer> sides() {
    return List.of(32, 48);
  }

  /** Whether {@link Backbone#layers} names any. */
  protected boolean showsLayers() {
    return true;
  }

  @Test
  void itsTensorsAreThoseThatItTold() {
    try (RunContext context = context(1);
        Backbone network = create(context)) {
      assertThat(provider().shapes(options())).containsExactlyEntriesOf(shapes(network));
      assertThat(network.featureDim()).isPositive();
    }
  }

  @Test
  void itKnowsItsTensorsAgain() {
    Map<String, Shape> shapes = provider().shapes(options());
    assertThat(provider().recognise(shapes)).contains(options());
    for (String lost : shapes.keySet()) {
      Map<String, Shape> damaged = new HashMap<>(shapes);
      damaged.remove(lost);
      assertThatCode(() -> provider().recognise(damaged))
          .as("without %s", lost)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void strangersAreNotItsOwn() {
    assertThat(provider().recognise(Map.of())).isEmpty();
    assertThat(provider().recognise(Map.of("a.stranger", new Shape(1, 2, 3, 4)))).isEmpty();
  }

  @Test
  void theSeedAloneDecidesTheWeights() {
    try (RunContext first = context(4);
        RunContext second = context(4);
        RunContext third = context(5)) {
      Map<String, Integer> weights = values(create(first));
      assertThat(values(create(second))).isEqualTo(weights);
      assertThat(values(create(third))).isNotEqualTo(weights);
    }
  }

  @Test
  void featuresAreFiniteAndDependOnOneImageEach() {
    try (RunContext context = context(1);
        Backbone network = create(context)) {
      for (int side : sides()) {
        NDArray images = images(context.manager(), side);
        NDArray all = network.features(images, false);
        assertThat(all.getShape()).isEqualTo(new Shape(IMAGES, network.featureDim()));
        NDArray alone = network.features(images.get(new NDIndex("1:2")), false);
        assertClose("an image alone", alone, all.get(new NDIndex("1:2")));
      }
    }
  }

  @Test
  void evaluationChangesNothing() {
    try (RunContext context = context(1);
        Backbone network = create(context)) {
      NDArray images = images(context.manager(), sides().get(0));
      Map<String, Integer> before = values(network);
      float[] pixels = images.toFloatArray();
      float[] first = network.features(images, false).toFloatArray();
      assertThat(network.features(images, false).toFloatArray()).isEqualTo(first);
      assertThat(values(network)).isEqualTo(before);
      assertThat(images.toFloatArray()).isEqualTo(pixels);
    }
  }

  @Test
  void gradientsReachPixelsAndParameters() {
    try (RunContext context = context(1);
        Backbone network = create(context)) {
      NDArray images = images(context.manager(), sides().get(0));
      NDArray slope =
          context.ops().gradient(images, x -> network.features(x, false).square().sum()).gradient();
      assertThat(size("pixels", slope)).isPositive();
      network.state().requireGradients(true);
      context.ops().backward(() -> network.features(images, true).square().mean());
      double reached = 0;
      for (Map.Entry<String, NDArray> parameter : network.state().parameters().entrySet()) {
        if (parameter.getValue().hasGradient()) {
          try (NDArray gradient = parameter.getValue().getGradient()) {
            reached += size(parameter.getKey(), gradient);
          }
        }
      }
      assertThat(reached).as("sum of the absolute gradients of all parameters").isPositive();
      network.state().requireGradients(false);
    }
  }

  @Test
  void aLoadedStateComputesTheSame() {
    try (RunContext context = context(1);
        RunContext other = context(2);
        Backbone network = create(context);
        Backbone copy = create(other)) {
      NDArray images = images(context.manager(), sides().get(0));
      copy.state().load(network.state().tensors());
      assertThat(copy.features(images, false).toFloatArray())
          .isEqualTo(network.features(images, false).toFloatArray());
    }
  }

  @Test
  void theEvaluatorAgrees() {
    try (RunContext context = context(1);
        Backbone network = create(context)) {
      NDArray images = images(context.manager(), sides().get(0));
      try (NDManager scope = context.manager().newSubManager()) {
        UnaryOperator<NDArray> evaluator = network.evaluator(scope);
        assertClose("the evaluator", evaluator.apply(images), network.features(images, false));
        NDArray slope =
            context.ops().gradient(images, x -> evaluator.apply(x).square().sum()).gradient();
        assertThat(size("pixels", slope)).isPositive();
      }
    }
  }

  @Test
  void innerLayersAreShownByName() {
    try (RunContext context = context(1);
        Backbone network = create(context)) {
      List<String> layers = network.layers();
      assertThat(layers.isEmpty()).as("it shows no layers").isNotEqualTo(showsLayers());
      assertThat(layers).doesNotHaveDuplicates();
      NDArray images = images(context.manager(), sides().get(0));
      try (NDManager scope = context.manager().newSubManager()) {
        assertThatThrownBy(() -> network.activations(List.of("no-such-layer"), scope))
            .isInstanceOfSatisfying(
                ZepadException.class,
                e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.USAGE))
            .hasMessageContaining("no-such-layer");
        if (showsLayers()) {
          List<String> wanted = List.of(layers.get(layers.size() - 1), layers.get(0));
          Function<NDArray, List<NDArray>> activations = network.activations(wanted, scope);
          List<NDArray> seen = activations.apply(images);
          assertThat(seen).hasSize(2);
          seen.forEach(output -> assertThat(output.getShape().get(0)).isEqualTo(IMAGES));
          NDArray slope =
              context
                  .ops()
                  .gradient(images, x -> activations.apply(x).get(1).square().sum())
                  .gradient();
          assertThat(size("pixels", slope)).isPositive();
        }
      }
    }
  }

  @Test
  void nothingIsLeftBehind() {
    try (RunContext context = context(1);
        Backbone network = create(context)) {
      int own = context.manager().getManagedArrays().size();
      for (int side : sides()) {
        try (NDManager step = context.manager().newSubManager()) {
          NDArray images = step.ones(new Shape(2, 3, side, side));
          NDArray features = network.features(images, false);
          assertThat(step.getManagedArrays()).containsExactlyInAnyOrder(images, features);
          network.features(images, true).close();
          assertThat(step.getManagedArrays()).containsExactlyInAnyOrder(images, features);
          context.ops().gradient(images, x -> network.features(x, true).sum());
          network.state().requireGradients(true);
          context.ops().backward(() -> network.features(images, true).sum());
          network.state().requireGradients(false);
        }
        assertThat(context.manager().getManagedArrays()).as("of %s pixels", side).hasSize(own);
      }
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    try (RunContext context = context(1)) {
      Backbone network = create(context);
      network.close();
      network.close();
    }
  }

  private Backbone create(RunContext context) {
    return provider().create(options(), context);
  }

  private static NDArray images(NDManager manager, int side) {
    SplittableRandom random = new SplittableRandom(3);
    float[] pixels = new float[IMAGES * 3 * side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return manager.create(pixels, new Shape(IMAGES, 3, side, side));
  }

  private static Map<String, Shape> shapes(Backbone network) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    network.state().tensors().forEach((name, tensor) -> shapes.put(name, tensor.getShape()));
    return shapes;
  }

  private static Map<String, Integer> values(Backbone network) {
    Map<String, Integer> values = new LinkedHashMap<>();
    network
        .state()
        .tensors()
        .forEach((name, tensor) -> values.put(name, Arrays.hashCode(tensor.toArray())));
    return values;
  }

  /** The sum of the absolute numbers, all of which must be finite. */
  private static double size(String what, NDArray array) {
    double sum = 0;
    for (float value : array.toFloatArray()) {
      assertThat(Float.isFinite(value)).as("gradient of %s", what).isTrue();
      sum += Math.abs(value);
    }
    return sum;
  }

  private static void assertClose(String what, NDArray actual, NDArray expected) {
    float[] wanted = expected.toFloatArray();
    float[] found = actual.toFloatArray();
    assertThat(found).as(what).hasSameSizeAs(wanted);
    double largest = 0;
    for (float value : wanted) {
      assertThat(Float.isFinite(value)).as(what).isTrue();
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < wanted.length; i++) {
      assertThat((double) found[i]).as(what).isCloseTo(wanted[i], within(ROUNDING * largest));
    }
  }
}
