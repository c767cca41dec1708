package org.zepad.core.bundle;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.zepad.api.Option;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;

/** A real backbone of one linear layer and a ReLU, small enough for tests. */
public final class TinyBackboneProvider implements BackboneProvider<TinyBackboneProvider.Options> {

  /** Its options. */
  public record Options(
      @Option(defaultValue = "16", help = "length of a feature vector") int features,
      @Option(defaultValue = "8", help = "side of the images") int size) {}

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public String description() {
    return "one linear layer";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Backbone create(Options options, RunContext context) {
    StateDict state = new StateDict(context.manager());
    SplittableRandom random = context.random();
    int inputs = 3 * options.size() * options.size();
    float[] weight = new float[options.features() * inputs];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) ((random.nextDouble() - 0.5) / options.size());
    }
    state.parameter(
        "weight", state.manager().create(weight, new Shape(options.features(), inputs)));
    return new Tiny(options.features(), state);
  }

  @Override
  public Map<String, Shape> shapes(Options options) {
    return Map.of("weight", new Shape(options.features(), 3L * options.size() * options.size()));
  }

  @Override
  public Optional<Options> recognise(Map<String, Shape> shapes) {
    return Optional.empty();
  }

  private record Tiny(int featureDim, StateDict state) implements Backbone {
    @Override
    public NDArray features(NDArray images, boolean training) {
      return Linear.linear(images.reshape(images.getShape().get(0), -1), state.get("weight"))
          .singletonOrThrow()
          .getNDArrayInternal()
          .relu();
    }

    @Override
    public Value describe(Graph graph, Value images, int size) {
      Value flat = graph.reshape(images, 0, -1);
      return graph.relu(graph.linear(flat, graph.constant(state.get("weight")), null));
    }
  }
}
