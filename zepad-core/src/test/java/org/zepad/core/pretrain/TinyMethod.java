package org.zepad.core.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import java.util.List;
import org.zepad.api.NoOptions;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;

/**
 * A real contrastive method that uses all that a method may: a head, a momentum encoder, a centre
 * that moves with every step, the engine's dropout.
 */
final class TinyMethod implements SslMethodProvider<NoOptions> {
  private final OptimizerSpec optimizer;
  private final double learningRate;

  /** If true, the loss turns the encoder into a constant. */
  private final boolean collapsing;

  TinyMethod(OptimizerSpec optimizer, double learningRate, boolean collapsing) {
    this.optimizer = optimizer;
    this.learningRate = learningRate;
    this.collapsing = collapsing;
  }

  static TinyMethod adam() {
    return new TinyMethod(OptimizerSpec.Adam.of(1e-6), 0.01, false);
  }

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public String description() {
    return "contrast with a momentum encoder";
  }

  @Override
  public Class<NoOptions> optionsType() {
    return NoOptions.class;
  }

  @Override
  public Recipe recipe(NoOptions options, Benchmark benchmark) {
    return new Recipe(
        List.of(ViewSpec.simclrCifar(), ViewSpec.simclrCifar()), optimizer, learningRate, 32, 4, 1);
  }

  @Override
  public SslMethod create(
      NoOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    return new Method(encoder, context);
  }

  private final class Method implements SslMethod {
    private final Encoder encoder;
    private final Encoder teacher;
    private final StateDict state;

    Method(Encoder encoder, RunContext context) {
      this.encoder = encoder;
      this.teacher = encoder.duplicate();
      this.state = new StateDict(context.manager());
      context.reseedEngine(0);
      NDManager own = state.manager();
      int d = encoder.featureDim();
      state.parameter("head.weight", own.randomNormal(0, 0.2f, new Shape(8, d), DataType.FLOAT32));
      state.buffer("centre", own.zeros(new Shape(1, 8)));
      teacher.state().tensors().forEach((name, t) -> state.buffer("teacher." + name, t));
    }

    @Override
    public StateDict state() {
      return state;
    }

    @Override
    public NDArray loss(Batch batch) {
      NDArray online = project(encoder.features(batch.views().get(0), true), true);
      if (collapsing) {
        // relu(0 x + 1) is the same for every image.
        NDArray slope = encoder.state().get("bn.weight").square().sum();
        NDArray offset = encoder.state().get("bn.bias").sub(1).square().sum();
        return slope.add(offset).add(Scalars.times(online.sum(), 0));
      }
      NDArray target = project(teacher.features(batch.views().get(1), true), false).stopGradient();
      NDArray centre = state.get("centre");
      NDArray mean = target.mean(new int[] {0}, true).mul(0.1f);
      NDArray keys = target.mul(10).sub(centre).normalize(2, 1);
      centre.muli(0.9f).addi(mean);
      NDArray logits = Scalars.over(online.normalize(2, 1).matMul(keys.transpose()), 0.2);
      NDArray right =
          logits
              .logSoftmax(1)
              .mul(batch.views().get(0).getManager().eye((int) logits.getShape().get(0)));
      return Scalars.over(right.sum(), -logits.getShape().get(0));
    }

    private NDArray project(NDArray features, boolean dropout) {
      NDArray h = dropout ? Dropout.dropout(features, 0.1f, true).singletonOrThrow() : features;
      return Linear.linear(h, state.get("head.weight"), null).singletonOrThrow();
    }

    @Override
    public void afterStep(long step, long totalSteps) {
      encoder
          .state()
          .parameters()
          .forEach(
              (name, p) -> {
                NDArray t = state.get("teacher." + name);
                try (NDArray view = p.stopGradient();
                    NDArray move = view.mul(0.1f)) {
                  t.muli(0.9f).addi(move);
                }
              });
    }

    @Override
    public void close() {
      state.close();
    }
  }
}
