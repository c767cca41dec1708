package com.example.tico;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.zepad.api.Option;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;

/** TiCo (Zhu et al. 2022, arXiv 2206.10698), without its momentum encoder. */
public final class Tico implements SslMethodProvider<Tico.Options> {

  /**
   * Its options.
   *
   * @param projection length of a projection
   * @param memory share of itself that the covariance keeps at a step
   * @param contrast weight of the covariance contrast
   */
  public record Options(
      @Option(defaultValue = "256", help = "length of a projection", min = 2, max = 65536)
          int projection,
      @Option(defaultValue = "0.9", help = "share that the covariance keeps", min = 0, max = 1)
          double memory,
      @Option(defaultValue = "8", help = "weight of the covariance contrast", min = 0, max = 1000)
          double contrast) {}

  @Override
  public String name() {
    return "tico";
  }

  @Override
  public String description() {
    return "TiCo: views agree, away from the directions in which projections have piled up";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Recipe recipe(Options options, Benchmark benchmark) {
    ViewSpec view = ViewSpec.simclrCifar();
    return new Recipe(List.of(view, view), OptimizerSpec.Adam.of(1e-6), 1e-3, 256, 200, 10);
  }

  @Override
  public SslMethod create(Options options, Encoder encoder, Schedule schedule, RunContext context) {
    StateDict state = new StateDict(context.manager());
    SplittableRandom random = context.random();
    int length = options.projection();
    float[] weight = new float[encoder.featureDim() * length];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) (random.nextGaussian() / Math.sqrt(encoder.featureDim()));
    }
    Shape shape = new Shape(encoder.featureDim(), length);
    state.parameter(Training.WEIGHT, state.manager().create(weight, shape));
    state.buffer(Training.COVARIANCE, state.manager().zeros(new Shape(length, length)));
    return new Training(options, encoder, state, context.ops());
  }
}
