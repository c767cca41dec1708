package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.zepad.api.Option;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;

/** The mean over all patches of one layer. */
public final class ${className} implements BackboneProvider<${className}.Options> {
  private static final String WEIGHT = "patch.weight";

  /**
   * Its options.
   *
   * @param features length of a feature vector
   * @param patch side of a patch, in pixels
   */
  public record Options(
      @Option(defaultValue = "64", help = "length of a feature vector", min = 1, max = 4096)
          int features,
      @Option(defaultValue = "4", help = "side of a patch in pixels", min = 1, max = 64)
          int patch) {}

  @Override
  public String name() {
    return "${artifactId}";
  }

  @Override
  public String description() {
    return "the mean over all patches of one layer";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Map<String, Shape> shapes(Options options) {
    return Map.of(WEIGHT, new Shape(options.features(), 3, options.patch(), options.patch()));
  }

  @Override
  public Optional<Options> recognise(Map<String, Shape> shapes) {
    Shape weight = shapes.get(WEIGHT);
    return weight == null || weight.dimension() != 4
        ? Optional.empty()
        : Optional.of(new Options((int) weight.get(0), (int) weight.get(2)));
  }

  @Override
  public Backbone create(Options options, RunContext context) {
    StateDict state = new StateDict(context.manager());
    SplittableRandom random = context.random();
    shapes(options)
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) shape.size()];
              double scale = Math.sqrt(2.0 * shape.get(0) / shape.size());
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (scale * random.nextGaussian());
              }
              state.parameter(name, state.manager().create(values, shape));
            });
    return new Network(options, state, context.ops());
  }

  private record Network(Options options, StateDict state, TensorOps ops) implements Backbone {
    @Override
    public int featureDim() {
      return options.features();
    }

    @Override
    public NDArray features(NDArray images, boolean training) {
      // What lies between is closed: a gradient keeps for itself what it needs.
      try (NDArray each = ops.conv2d(images, state.get(WEIGHT), null, options.patch(), 0);
          NDArray active = Activation.relu(each);
          NDArray rows = active.mean(new int[] {3})) {
        return rows.mean(new int[] {2});
      }
    }
  }
}
