package org.zepad.encoders.backbone;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.FullyConnected;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.LayerNormalisation;
import org.zepad.encoders.layers.SelfAttention;

/**
 * A pre-norm block, x + attention(norm(x)) and then x + mlp(norm(x)) (Dosovitskiy et al. 2021,
 * equations 2 and 3), with the exact GELU and, as DINO's and timm's defaults are, no dropout.
 */
final class TransformerBlock {
  private final LayerNormalisation norm1;
  private final SelfAttention attention;
  private final LayerNormalisation norm2;
  private final FullyConnected fc1;
  private final FullyConnected fc2;

  /** Adds the tensors of a block under {@code <name>.}. */
  TransformerBlock(StateDict state, String name, VitSize size, Initializer initializer) {
    int dim = size.dim();
    double deviation = VisionTransformer.DEVIATION;
    norm1 = new LayerNormalisation(state, name + ".norm1", dim, VisionTransformer.EPSILON);
    attention = new SelfAttention(state, name + ".attn", dim, size.heads(), deviation, initializer);
    norm2 = new LayerNormalisation(state, name + ".norm2", dim, VisionTransformer.EPSILON);
    fc1 =
        FullyConnected.normal(state, name + ".mlp.fc1", dim, size.hidden(), deviation, initializer);
    fc2 =
        FullyConnected.normal(state, name + ".mlp.fc2", size.hidden(), dim, deviation, initializer);
  }

  /** (N, T, dim) to the same shape; closes {@code x}. */
  NDArray apply(NDArray x) {
    NDArray attended = then(x, a -> then(then(norm1.apply(a), attention::apply), a::add));
    return then(attended, a -> then(mlp(norm2.apply(a)), a::add));
  }

  /** What {@link #apply} computes. */
  Value describe(Graph graph, Value x) {
    Value attended = graph.add(x, attention.describe(graph, norm1.describe(graph, x)));
    Value hidden = graph.gelu(fc1.describe(graph, norm2.describe(graph, attended)));
    return graph.add(attended, fc2.describe(graph, hidden));
  }

  private NDArray mlp(NDArray x) {
    return then(then(then(x, fc1::apply), Activation::gelu), fc2::apply);
  }
}
