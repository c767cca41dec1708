package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;

/**
 * What every self-supervised method must do. Extend it, say which method with which options, and
 * run it with JUnit: trained on one fixed batch, the method is deterministic under its seed, its
 * steps lower the loss, its gradients are finite, its saved state continues with the very same
 * numbers, and it neither changes its inputs nor leaves tensors behind.
 *
 * <p>Choose options that make the method small; an epoch has one step of {@value #IMAGES} images.
 *
 * @param <O> the method's options
 */
public abstract class SslMethodContract<O extends Record> extends ProviderContract<O> {
  /** Images of the one batch. */
  protected static final int IMAGES = 16;

  /** Steps of the training. */
  protected static final int STEPS = 24;

  private static final int SIZE = 16;
  private static final int CLASSES = 4;

  /** The method. */
  @Override
  protected abstract SslMethodProvider<O> provider();

  /** A context to train in, for instance core's {@code RunContexts.root}; the caller closes it. */
  protected abstract RunContext context(long seed);

  /** A small encoder to train, owned by the caller. */
  protected Encoder encoder(RunContext context) {
    return new TinyConvolutions(context);
  }

  /** Learning rate of Adam on the fixed batch. */
  protected double learningRate() {
    return 1e-3;
  }

  @Test
  void theSameSeedGivesTheSameNumbers() {
    try (Training first = new Training(7);
        Training second = new Training(7);
        Training other = new Training(8)) {
      List<Float> losses = first.steps(0, 4);
      assertThat(second.steps(0, 4)).isEqualTo(losses);
      assertThat(second.values()).isEqualTo(first.values());
      other.steps(0, 4);
      assertThat(other.values()).isNotEqualTo(first.values());
    }
  }

  /**
   * Each step goes downhill, for what it was computed from: the same batch against the same
   * targets, queues and copies. Over several steps a loss may well rise while they fill up.
   */
  @Test
  void stepsLowerTheLossOfTheirBatch() {
    try (Training training = new Training(7)) {
      List<Float> before = new ArrayList<>();
      List<Float> after = new ArrayList<>();
      training.trained.requireGradients(true);
      for (int step = 0; step < STEPS; step++) {
        before.add(training.loss(step));
        training.optimizer.step(learningRate());
        after.add(training.loss(step));
        training.optimizer.zeroGradients();
        training.method.afterStep(step, STEPS);
      }
      training.trained.requireGradients(false);
      assertThat(mean(after))
          .as("mean loss after the steps; losses %s became %s", before, after)
          .isLessThan(mean(before));
    }
  }

  @Test
  void gradientsAreFiniteAndReachTheEncoder() {
    try (Training training = new Training(7)) {
      training.steps(0, 2);
      training.trained.requireGradients(true);
      training.loss(2);
      double reached = 0;
      for (Map.Entry<String, NDArray> entry : training.trained.parameters().entrySet()) {
        if (entry.getValue().hasGradient()) {
          try (NDArray gradient = entry.getValue().getGradient()) {
            for (float value : gradient.toFloatArray()) {
              assertThat(Float.isFinite(value)).as("gradient of %s", entry.getKey()).isTrue();
              reached += entry.getKey().startsWith("encoder.") ? Math.abs(value) : 0;
            }
          }
        }
      }
      assertThat(reached).as("sum of the absolute gradients of the encoder").isPositive();
      training.trained.requireGradients(false);
    }
  }

  @Test
  void aSavedStateContinuesWithTheSameNumbers() {
    List<Float> whole;
    Map<String, Integer> end;
    try (Training training = new Training(7)) {
      whole = training.steps(0, 6);
      end = training.values();
    }
    try (Training begun = new Training(7);
        Training continued = new Training(7)) {
      List<Float> losses = begun.steps(0, 3);
      continued.spoil();
      continued.load(begun);
      losses.addAll(continued.steps(3, 6));
      assertThat(losses).isEqualTo(whole);
      assertThat(continued.values()).as("what the training ends with").isEqualTo(end);
    }
  }

  @Test
  void inputsAreLeftAloneAndNoTensorsRemain() {
    try (Training training = new Training(7)) {
      float[] before = training.images.toFloatArray();
      training.steps(0, 3);
      int arrays = training.arrays();
      training.steps(3, 8);
      assertThat(training.arrays()).as("tensors that the training's scopes hold").isEqualTo(arrays);
      assertThat(training.images.toFloatArray()).isEqualTo(before);
    }
  }

  @Test
  void thereAreRecipesForBothBenchmarks() {
    for (Benchmark benchmark : Benchmark.values()) {
      Recipe recipe = provider().recipe(options(), benchmark);
      assertThat(recipe.views()).as("views for %s", benchmark).hasSizeGreaterThan(0);
      assertThat(recipe.epochs()).isGreaterThan(recipe.warmupEpochs());
    }
  }

  private static double mean(List<Float> values) {
    return values.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
  }

  /** A training on one fixed batch. */
  private final class Training implements AutoCloseable {
    final RunContext context;
    final Encoder encoder;
    final SslMethod method;
    final StateDict trained;
    final Optimizer optimizer;
    final NDArray images;
    final List<ViewSpec> views;

    Training(long seed) {
      context = context(seed);
      encoder = encoder(context);
      method = provider().create(options(), encoder, new Schedule(IMAGES, IMAGES, STEPS), context);
      views = provider().recipe(options(), Benchmark.CIFAR_10).views();
      trained = new StateDict(context.manager());
      trained.include("encoder.", encoder.state());
      trained.include("method.", method.state());
      optimizer = context.optimizer(OptimizerSpec.Adam.of(0), trained);
      images = pixels(SIZE, 3, context.manager());
    }

    private NDArray pixels(int size, long seed, NDManager scope) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] pixels = new float[IMAGES * 3 * size * size];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextFloat();
      }
      return scope.create(pixels, new Shape(IMAGES, 3, size, size));
    }

    List<Float> steps(int from, int to) {
      trained.requireGradients(true);
      List<Float> losses = new ArrayList<>();
      for (int step = from; step < to; step++) {
        losses.add(loss(step));
        optimizer.step(learningRate());
        method.afterStep(step, STEPS);
      }
      trained.requireGradients(false);
      return losses;
    }

    /** Views that differ a little: each has a noise of its own, the small ones show a part. */
    float loss(int step) {
      try (NDManager scope = context.manager().newSubManager()) {
        List<NDArray> made = new ArrayList<>();
        for (ViewSpec view : views) {
          int size = (int) Math.round(SIZE * view.sizeFactor());
          NDArray part = images.get(":, :, :" + size + ", :" + size);
          part.attach(scope);
          NDArray noise = pixels(size, 100 + made.size(), scope);
          made.add(part.mul(0.8).add(noise.mul(0.2)));
        }
        SslMethod.Batch batch =
            new SslMethod.Batch(
                made,
                scope.create(LongStream.range(0, IMAGES).toArray()),
                scope.create(LongStream.range(0, IMAGES).map(i -> i % CLASSES).toArray()),
                step,
                STEPS,
                step);
        return context.ops().backward(() -> method.loss(batch));
      }
    }

    /** Every tensor that training changes, by a hash of its numbers. */
    Map<String, Integer> values() {
      Map<String, Integer> values = new LinkedHashMap<>();
      trained
          .tensors()
          .forEach((name, tensor) -> values.put(name, Arrays.hashCode(tensor.toArray())));
      return values;
    }

    /** Makes sure that what follows comes from what is loaded. */
    void spoil() {
      trained.parameters().values().forEach(parameter -> parameter.muli(0.5));
    }

    void load(Training other) {
      trained.load(other.trained.tensors());
      optimizer.state().load(other.optimizer.state().tensors());
    }

    int arrays() {
      return context.manager().getManagedArrays().size()
          + method.state().manager().getManagedArrays().size()
          + encoder.state().manager().getManagedArrays().size();
    }

    @Override
    public void close() {
      optimizer.close();
      method.close();
      encoder.close();
      context.close();
    }
  }
}
