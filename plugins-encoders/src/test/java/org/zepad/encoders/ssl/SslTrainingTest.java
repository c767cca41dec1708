package org.zepad.encoders.ssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.engine.RunContexts;

class SslTrainingTest {
  private static final int IMAGES = 16;
  private static final int STEPS = 20;
  private static final long[] LABELS = LongStream.range(0, IMAGES).map(i -> i % 4).toArray();

  static Stream<Arguments> methods() {
    return Stream.of(
        Arguments.of(new SimclrProvider(), new SimclrOptions(32, 16, 0.2)),
        Arguments.of(new ByolProvider(), new ByolOptions(32, 16, 32, 0.9, 1)),
        Arguments.of(new WmseProvider(), new WmseOptions(32, 4, 8, 2, 0, false)),
        Arguments.of(new BarlowTwinsProvider(), new BarlowTwinsOptions(32, 16, 0.0051, 0.1)),
        Arguments.of(new VicregProvider(), new VicregOptions(32, 16, 25, 25, 1)),
        Arguments.of(new VibcregProvider(), new VibcregOptions(32, 16, 25, 25, 200, 4)),
        Arguments.of(new SupconProvider(), new SupconOptions(32, 16, 0.2)),
        Arguments.of(new SimsiamProvider(), new SimsiamOptions(32, 16, 8)),
        Arguments.of(new MocoV3Provider(), new MocoV3Options(32, 16, 32, 0.2, 0.9, 1)),
        Arguments.of(new MocoV2PlusProvider(), new MocoV2PlusOptions(32, 16, 40, 0.2, 0.9, 1)),
        Arguments.of(new NnclrProvider(), new NnclrOptions(32, 16, 32, 40, 0.2)),
        Arguments.of(new ResslProvider(), new ResslOptions(32, 16, 40, 0.1, 0.04, 0.9, 1)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  <O extends Record> void lossFalls(SslMethodProvider<O> provider, O options) {
    try (Run run = new Run(provider, options)) {
      List<Float> losses = run.steps(0, STEPS);
      assertThat(mean(losses.subList(STEPS - 4, STEPS)))
          .as("losses %s", losses)
          .isLessThan(0.9 * mean(losses.subList(0, 4)));
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  <O extends Record> void continuesWithTheSameNumbers(SslMethodProvider<O> provider, O options) {
    List<Float> whole;
    try (Run run = new Run(provider, options)) {
      whole = run.steps(0, 6);
    }
    try (Run first = new Run(provider, options);
        Run second = new Run(provider, options)) {
      List<Float> losses = first.steps(0, 3);
      second
          .method
          .state()
          .tensors()
          .values()
          .forEach(
              tensor -> {
                if (tensor.getShape().dimension() > 1) {
                  tensor.muli(0.5);
                }
              });
      second.load(first);
      losses.addAll(second.steps(3, 6));
      assertThat(losses).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  <O extends Record> void leavesItsInputsAndNoNativeMemory(
      SslMethodProvider<O> provider, O options) {
    try (Run run = new Run(provider, options)) {
      float[] before = run.images.toFloatArray();
      run.steps(0, 2);
      int arrays = run.arrays();
      run.steps(2, 6);
      assertThat(run.arrays()).isEqualTo(arrays);
      assertThat(run.images.toFloatArray()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  <O extends Record> void hasARecipeAndTwoViews(SslMethodProvider<O> provider, O options) {
    assertThat(provider.recipe(options).batchSize()).isEqualTo(256);
    try (Run run = new Run(provider, options)) {
      assertThat(run.method.views()).hasSize(2);
      assertThat(run.method.state().parameters()).isNotEmpty();
    }
  }

  @Test
  void momentumTensorsAreBuffersThatFollow() {
    try (Run run = new Run(new ByolProvider(), new ByolOptions(8, 8, 8, 0.5, 0.5))) {
      StateDict state = run.method.state();
      assertThat(state.parameters().keySet())
          .allMatch(name -> name.startsWith("projector.") || name.startsWith("predictor."));
      assertThat(state.has("momentum_backbone.layer4.1.bn2.running_mean")).isTrue();
      NDArray follower = state.get("momentum_projector.0.weight");
      NDArray online = state.get("projector.0.weight");
      assertThat(follower.toFloatArray()).isEqualTo(online.toFloatArray());
      run.steps(0, 1);
      assertThat(follower.toFloatArray()).isNotEqualTo(online.toFloatArray());
    }
  }

  @Test
  void whiteningSizeMustDivideTheBatch() {
    try (Run run = new Run(new WmseProvider(), new WmseOptions(8, 4, 12, 1, 0, false))) {
      assertThatThrownBy(() -> run.steps(0, 1))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("batch of 16 images")
          .hasMessageContaining("whitening-size 12");
    }
    assertThatThrownBy(() -> new WmseOptions(8, 16, 16, 1, 0, false))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("projector-output 16");
  }

  @Test
  void collapsedProjectionsAreNamed() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      Whitening whitening = new Whitening(8, 0, false, context.ops());
      NDArray same = context.manager().ones(new Shape(8, 4));
      assertThatThrownBy(() -> whitening.whiten(same))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("singular");
    }
  }

  private static double mean(List<Float> values) {
    return values.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
  }

  /** A small training on one fixed batch. */
  private static final class Run implements AutoCloseable {
    final RunContext context = RunContexts.root(7, Device.cpu(), Progress.silent());
    final TinyEncoder encoder = new TinyEncoder(context);
    final SslMethod method;
    final StateDict trained;
    final Optimizer optimizer;
    final NDArray images;

    <O extends Record> Run(SslMethodProvider<O> provider, O options) {
      method = provider.create(options, encoder, context);
      trained = new StateDict(context.manager());
      trained.include("backbone.", encoder.state());
      trained.include("method.", method.state());
      optimizer = context.optimizer(OptimizerSpec.Adam.of(0), trained);
      SplittableRandom random = new SplittableRandom(3);
      float[] pixels = new float[IMAGES * 3 * 8 * 8];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextFloat();
      }
      images = context.manager().create(pixels, new Shape(IMAGES, 3, 8, 8));
    }

    List<Float> steps(int from, int to) {
      trained.requireGradients(true);
      List<Float> losses = new ArrayList<>();
      for (int step = from; step < to; step++) {
        try (NDManager scope = context.manager().newSubManager()) {
          NDArray first = images.add(0);
          first.attach(scope);
          NDArray second = first.mul(0.9).add(0.05);
          SslMethod.Batch batch =
              new SslMethod.Batch(List.of(first, second), scope.create(LABELS), step, STEPS, step);
          losses.add(context.ops().backward(() -> method.loss(batch)));
          optimizer.step(3e-3);
          method.afterStep(step, STEPS);
        }
      }
      trained.requireGradients(false);
      return losses;
    }

    void load(Run other) {
      Map<String, NDArray> saved = new LinkedHashMap<>(other.trained.tensors());
      trained.load(saved);
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
