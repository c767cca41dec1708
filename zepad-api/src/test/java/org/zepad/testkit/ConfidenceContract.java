package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.zepad.api.RunContext;

/**
 * What fusion rules and detectors have in common: functions of a tensor that look at each image by
 * itself.
 *
 * @param <O> the plugin's options
 */
abstract class ConfidenceContract<O extends Record> extends ProviderContract<O> {
  /** Rounding. */
  static final float CLOSE = 1e-5f;

  /** How many images are tried at once. */
  static final int IMAGES = 5;

  /** A context to work in, for instance core's {@code RunContexts.root}; the caller closes it. */
  protected abstract RunContext context(long seed);

  /** Inputs of ordinary size, by what they are; the axis of the images is {@link #imageAxis}. */
  abstract Map<String, NDArray> inputs(NDManager manager);

  /** Which axis of an input counts the images. */
  abstract int imageAxis();

  /** What comes out, by name; the first axis counts the images. */
  abstract Map<String, NDArray> outputs(NDArray input);

  @Test
  void theSameGivesTheSameAndInputsAreLeftAsTheyWere() {
    try (RunContext context = context(7)) {
      inputs(context.manager())
          .forEach(
              (what, input) -> {
                float[] before = input.toFloatArray();
                Map<String, float[]> first = numbers(input);
                assertThat(numbers(input)).as(what).usingRecursiveComparison().isEqualTo(first);
                first.forEach(
                    (name, numbers) -> {
                      for (float number : numbers) {
                        assertThat(number).as("%s of %s", name, what).isFinite();
                      }
                    });
                assertThat(input.toFloatArray()).as(what).isEqualTo(before);
              });
    }
  }

  @Test
  void eachImageIsSeenByItself() {
    try (RunContext context = context(7)) {
      inputs(context.manager())
          .forEach(
              (what, input) -> {
                Map<String, float[]> together = numbers(input);
                for (int image = 0; image < IMAGES; image++) {
                  String one = image + ":" + (image + 1);
                  NDArray alone = input.get(new NDIndex(":,".repeat(imageAxis()) + one));
                  int row = image;
                  numbers(alone)
                      .forEach(
                          (name, numbers) -> {
                            float[] all = together.getOrDefault(name, new float[0]);
                            assertThat(all).hasSize(numbers.length * IMAGES);
                            for (int i = 0; i < numbers.length; i++) {
                              assertThat(all[row * numbers.length + i])
                                  .as("%s of image %d of %s", name, row, what)
                                  .isCloseTo(numbers[i], within(numbers[i]));
                            }
                          });
                }
              });
    }
  }

  private static Offset<Float> within(float size) {
    return Offset.offset(CLOSE * Math.max(1, Math.abs(size)));
  }

  /** What it computes on the way may stay with that manager: a gradient may need it. */
  @Test
  void resultsAreOwnedByTheManagerOfTheInput() {
    try (RunContext context = context(7);
        NDManager step = context.manager().newSubManager()) {
      NDArray input = inputs(step).values().iterator().next();
      int before = context.manager().getManagedArrays().size();
      outputs(input)
          .forEach((name, output) -> assertThat(output.getManager()).as(name).isSameAs(step));
      step.close();
      assertThat(context.manager().getManagedArrays()).hasSizeLessThanOrEqualTo(before);
    }
  }

  @Test
  void gradientsReachTheInput() {
    try (RunContext context = context(7)) {
      NDArray input = inputs(context.manager()).values().iterator().next();
      input.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray first = outputs(input).values().iterator().next();
        collector.backward(first.square().sum());
      }
      float[] gradient = input.getGradient().toFloatArray();
      double size = 0;
      for (float number : gradient) {
        assertThat(number).isFinite();
        size += Math.abs(number);
      }
      assertThat(size).as("adaptive attacks need a gradient").isPositive();
    }
  }

  private Map<String, float[]> numbers(NDArray input) {
    try (NDManager scope = input.getManager().newSubManager()) {
      NDArray own = input.duplicate();
      own.attach(scope);
      Map<String, float[]> numbers = new LinkedHashMap<>();
      outputs(own).forEach((name, output) -> numbers.put(name, output.toFloatArray()));
      return numbers;
    }
  }
}
