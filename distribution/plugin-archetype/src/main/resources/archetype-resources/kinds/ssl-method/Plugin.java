package ${package};

import ai.djl.ndarray.NDArray;
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
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;

/** One view of an image finds the other among those of the batch. */
public final class ${className} implements SslMethodProvider<${className}.Options> {
  private static final String WEIGHT = "projector.weight";

  /**
   * Its options.
   *
   * @param projection length of a projection
   * @param temperature divides the similarities
   */
  public record Options(
      @Option(defaultValue = "128", help = "length of a projection", min = 2, max = 65536)
          int projection,
      @Option(defaultValue = "0.2", help = "divides the similarities", min = 0.001, max = 100)
          double temperature) {}

  @Override
  public String name() {
    return "${artifactId}";
  }

  @Override
  public String description() {
    return "One view of an image finds the other among those of the batch";
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
    // Everything that training changes belongs to the state: it is saved with the encoder.
    StateDict state = new StateDict(context.manager());
    SplittableRandom random = context.random();
    float[] weight = new float[encoder.featureDim() * options.projection()];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) (random.nextGaussian() / Math.sqrt(encoder.featureDim()));
    }
    Shape shape = new Shape(encoder.featureDim(), options.projection());
    state.parameter(WEIGHT, state.manager().create(weight, shape));
    return new Training(options, encoder, state);
  }

  private record Training(Options options, Encoder encoder, StateDict state) implements SslMethod {
    @Override
    public NDArray loss(Batch batch) {
      NDArray one = project(batch.views().get(0));
      NDArray two = project(batch.views().get(1));
      int rows = (int) one.getShape().get(0);
      NDArray similarities = Scalars.over(one.matMul(two.transpose()), options.temperature());
      NDArray right = similarities.logSoftmax(1).mul(one.getManager().eye(rows));
      return Scalars.over(right.sum(), -rows);
    }

    private NDArray project(NDArray view) {
      return encoder.features(view, true).matMul(state.get(WEIGHT)).normalize(2, 1, 1e-12);
    }
  }
}
