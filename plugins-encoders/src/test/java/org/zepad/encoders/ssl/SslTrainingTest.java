package org.zepad.encoders.ssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.ssl.Schedule;
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

  /** A small training on one fixed batch. */
  private static final class Run implements AutoCloseable {
    final RunContext context = RunContexts.root(7, Device.cpu(), Progress.silent());
    final TinyEncoder encoder = new TinyEncoder(context);
    final SslMethod method;
    final StateDict trained;
    final Optimizer optimizer;
    final NDArray images;

    <O extends Record> Run(SslMethodProvider<O> provider, O options) {
      method = provider.create(options, encoder, new Schedule(IMAGES, IMAGES, STEPS), context);
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
              new SslMethod.Batch(
                  List.of(first, second),
                  scope.create(LongStream.range(0, IMAGES).toArray()),
                  scope.create(LABELS),
                  step,
                  STEPS,
                  step);
          losses.add(context.ops().backward(() -> method.loss(batch)));
          optimizer.step(3e-3);
          method.afterStep(step, STEPS);
        }
      }
      trained.requireGradients(false);
      return losses;
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
