package org.zepad.encoders.layers;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zepad.api.tensor.StateDict;

/**
 * A stack of linear layers with batch norm (or not) and ReLU between them and none after the last:
 * the projector or predictor of an SSL method. Its tensors are numbered as in PyTorch's {@code
 * Sequential}: ReLU counts, so with batch norm the linear layers are 0, 3, 6 and without 0, 2, 4.
 */
public final class Mlp {
  private final List<FullyConnected> linear = new ArrayList<>();
  private final List<@Nullable BatchNormalisation> norms = new ArrayList<>();

  /**
   * Adds the layers' tensors under {@code <name>.}.
   *
   * @param normalised whether a batch norm follows each linear layer but the last
   * @param sizes lengths of input, hidden layers and output; at least two
   */
  public Mlp(
      StateDict state, String name, boolean normalised, Initializer initializer, int... sizes) {
    int index = 0;
    for (int layer = 0; layer + 1 < sizes.length; layer++) {
      boolean last = layer + 2 == sizes.length;
      int out = sizes[layer + 1];
      linear.add(new FullyConnected(state, name + "." + index++, sizes[layer], out, initializer));
      if (!last) {
        norms.add(normalised ? new BatchNormalisation(state, name + "." + index++, out) : null);
        index++;
      }
    }
  }

  /** (N, in) to (N, out), owned by the manager of {@code x}. */
  public NDArray apply(NDArray x, boolean training) {
    NDArray y = linear.get(0).apply(x);
    for (int layer = 1; layer < linear.size(); layer++) {
      BatchNormalisation norm = norms.get(layer - 1);
      if (norm != null) {
        y = then(y, a -> norm.apply(a, training));
      }
      y = then(then(y, Activation::relu), linear.get(layer)::apply);
    }
    return y;
  }
}
