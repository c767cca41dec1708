package org.zepad.encoders.backbone;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;
import org.zepad.encoders.layers.BatchNormalisation;
import org.zepad.encoders.layers.Convolution;
import org.zepad.encoders.layers.Initializer;

/** Two 3x3 convolutions and a shortcut (He et al. 2016, figure 5 left), as in torchvision. */
final class BasicBlock {
  private final Convolution conv1;
  private final BatchNormalisation bn1;
  private final Convolution conv2;
  private final BatchNormalisation bn2;
  private final @Nullable Convolution shortcut;
  private final @Nullable BatchNormalisation shortcutNorm;

  /**
   * Adds the tensors of a block; one that changes the shape projects its shortcut with a 1x1
   * convolution.
   */
  BasicBlock(
      TensorOps ops,
      StateDict state,
      String name,
      int in,
      int out,
      int stride,
      Initializer initializer) {
    conv1 = new Convolution(ops, state, name + ".conv1", in, out, 3, stride, 1, initializer);
    bn1 = new BatchNormalisation(state, name + ".bn1", out);
    conv2 = new Convolution(ops, state, name + ".conv2", out, out, 3, 1, 1, initializer);
    bn2 = new BatchNormalisation(state, name + ".bn2", out);
    if (stride != 1 || in != out) {
      shortcut =
          new Convolution(ops, state, name + ".downsample.0", in, out, 1, stride, 0, initializer);
      shortcutNorm = new BatchNormalisation(state, name + ".downsample.1", out);
    } else {
      shortcut = null;
      shortcutNorm = null;
    }
  }

  /** (N, in, H, W) to (N, out, H / stride, W / stride); closes {@code x}. */
  NDArray apply(NDArray x, boolean training) {
    try (x) {
      NDArray y = then(conv1.apply(x), a -> bn1.apply(a, training));
      y = then(y, Activation::relu);
      y = then(y, conv2::apply);
      y = then(y, a -> bn2.apply(a, training));
      return then(then(y, a -> addShortcut(a, x, training)), Activation::relu);
    }
  }

  /** The block in evaluation mode at its present values, its batch norms folded; closes x. */
  UnaryOperator<NDArray> fold(NDManager scope) {
    UnaryOperator<NDArray> first = conv1.fold(bn1, scope);
    UnaryOperator<NDArray> second = conv2.fold(bn2, scope);
    UnaryOperator<NDArray> across =
        shortcut == null || shortcutNorm == null ? null : shortcut.fold(shortcutNorm, scope);
    return x -> {
      try (x) {
        NDArray y = then(then(first.apply(x), Activation::relu), second);
        y = then(y, a -> across == null ? a.add(x) : then(across.apply(x), a::add));
        return then(y, Activation::relu);
      }
    };
  }

  private NDArray addShortcut(NDArray y, NDArray x, boolean training) {
    if (shortcut == null || shortcutNorm == null) {
      return y.add(x);
    }
    BatchNormalisation norm = shortcutNorm;
    return then(then(shortcut.apply(x), a -> norm.apply(a, training)), y::add);
  }
}
