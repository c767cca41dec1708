package org.zepad.core.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import java.util.Random;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;

/**
 * The downstream head: Linear(D, D), ReLU, Dropout, Linear(D, D), ReLU, Linear(D, C), with the
 * public names fc1, fc2, fc3. It owns its tensors.
 */
public final class Head implements AutoCloseable {
  /** The dropout of the paper's heads. */
  public static final double DROPOUT = 0.2;

  private final StateDict state;
  private final int features;
  private final int classes;
  private final float dropout;

  /**
   * A head with PyTorch's default initialisation of linear layers: uniform in +-1/sqrt(D).
   *
   * @param parent the scope that it lives in
   * @param features length D of a feature vector
   * @param classes number C of classes, at least 2
   * @param dropout probability of dropping a unit, in training only
   * @param seed the seed of the initialisation
   */
  public Head(NDManager parent, int features, int classes, double dropout, long seed) {
    this.state = new StateDict(parent);
    this.features = features;
    this.classes = classes;
    this.dropout = (float) dropout;
    Random random = new Random(seed);
    linear("fc1", features, random);
    linear("fc2", features, random);
    linear("fc3", classes, random);
  }

  /** Weights and biases. */
  public StateDict state() {
    return state;
  }

  /** The length of the feature vectors that it takes. */
  public int features() {
    return features;
  }

  /** The number of classes. */
  public int classes() {
    return classes;
  }

  /**
   * The logits of features.
   *
   * @param x (N, D)
   * @param training whether dropout is on
   * @return (N, C), owned by the manager of x
   */
  public NDArray logits(NDArray x, boolean training) {
    NDArray h = layer("fc1", x).getNDArrayInternal().relu();
    if (training && dropout > 0) {
      h = Dropout.dropout(h, dropout, true).singletonOrThrow();
    }
    h = layer("fc2", h).getNDArrayInternal().relu();
    return layer("fc3", h);
  }

  /** What {@link #logits} computes in evaluation mode. */
  public Value describe(Graph graph, Value x) {
    Value h = graph.relu(layer(graph, "fc1", x));
    h = graph.relu(layer(graph, "fc2", h));
    return layer(graph, "fc3", h);
  }

  private Value layer(Graph graph, String name, Value x) {
    return graph.linear(
        x, graph.constant(state.get(name + ".weight")), graph.constant(state.get(name + ".bias")));
  }

  @Override
  public void close() {
    state.close();
  }

  private NDArray layer(String name, NDArray x) {
    return Linear.linear(x, state.get(name + ".weight"), state.get(name + ".bias"))
        .singletonOrThrow();
  }

  private void linear(String name, int outputs, Random random) {
    float bound = (float) (1 / Math.sqrt(features));
    state.parameter(name + ".weight", uniform(new Shape(outputs, features), bound, random));
    state.parameter(name + ".bias", uniform(new Shape(outputs), bound, random));
  }

  private NDArray uniform(Shape shape, float bound, Random random) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (2 * random.nextFloat() - 1) * bound;
    }
    return state.manager().create(values, shape);
  }
}
