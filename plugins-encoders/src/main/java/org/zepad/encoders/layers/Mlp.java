package org.zepad.encoders.layers;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.zepad.api.tensor.StateDict;

/**
 * A stack of linear layers with batch norm (or not) and ReLU or GELU between them: the projector or
 * predictor of an SSL method. Its tensors are numbered as in PyTorch's {@code Sequential}: ReLU
 * counts, so with batch norm the linear layers are 0, 3, 6 and without 0, 2, 4.
 */
public final class Mlp {
  private final List<FullyConnected> linear = new ArrayList<>();
  private final UnaryOperator<NDArray> activation;
  private final List<@Nullable BatchNormalisation> norms = new ArrayList<>();

  /**
   * Adds the layers' tensors under {@code <name>.}.
   *
   * @param form what stands beside the linear layers
   * @param sizes lengths of input, hidden layers and output; at least two
   */
  public Mlp(StateDict state, String name, Form form, Initializer initializer, int... sizes) {
    activation = form.smooth() ? Activation::gelu : Activation::relu;
    int index = 0;
    for (int layer = 0; layer + 1 < sizes.length; layer++) {
      boolean last = layer + 2 == sizes.length;
      int out = sizes[layer + 1];
      boolean biased = last ? form.lastBias : form.hiddenBias;
      String layerName = name + "." + index++;
      linear.add(
          form.smooth()
              ? FullyConnected.normal(state, layerName, sizes[layer], out, 0.02, initializer)
              : new FullyConnected(state, layerName, sizes[layer], out, biased, initializer));
      if (!last) {
        norms.add(
            form.hiddenNorm ? new BatchNormalisation(state, name + "." + index++, out) : null);
        index++;
      } else if (form.lastNorm) {
        norms.add(new BatchNormalisation(state, name + "." + index, out, form.lastAffine));
      }
    }
  }

  /** What stands beside the linear layers. */
  public enum Form {
    /** Linear layers with biases, ReLU between them. */
    PLAIN(false, true, true, false, false),
    /** A batch norm before each ReLU. */
    NORMALISED(true, true, true, false, false),
    /** The same, and no bias where a batch norm follows that takes it away again. */
    NORMALISED_UNBIASED(true, false, true, false, false),
    /** A batch norm after each linear layer; the last has neither scale nor shift. */
    NORMALISED_TO_THE_END(true, false, false, true, false),
    /** A batch norm after each linear layer, biases and all. */
    NORMALISED_THROUGHOUT(true, true, true, true, true),
    /** As {@link #PLAIN}, of GELUs, begun like a vision transformer's layers (DINO's head). */
    SMOOTH(false, true, true, false, false),
    /** The same with a batch norm before each GELU. */
    SMOOTH_NORMALISED(true, true, true, false, false);

    private final boolean hiddenNorm;
    private final boolean hiddenBias;
    private final boolean lastBias;
    private final boolean lastNorm;
    private final boolean lastAffine;

    Form(
        boolean hiddenNorm,
        boolean hiddenBias,
        boolean lastBias,
        boolean lastNorm,
        boolean lastAffine) {
      this.hiddenNorm = hiddenNorm;
      this.hiddenBias = hiddenBias;
      this.lastBias = lastBias;
      this.lastNorm = lastNorm;
      this.lastAffine = lastAffine;
    }

    private boolean smooth() {
      return this == SMOOTH || this == SMOOTH_NORMALISED;
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
      y = then(then(y, activation), linear.get(layer)::apply);
    }
    if (norms.size() == linear.size()) {
      BatchNormalisation last = Objects.requireNonNull(norms.get(norms.size() - 1));
      return then(y, a -> last.apply(a, training));
    }
    return y;
  }
}
