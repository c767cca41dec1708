package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;

/**
 * Cuts images into square patches and maps each linearly (Dosovitskiy et al. 2021, section 3.1):
 * one convolution whose stride is its kernel.
 */
public final class PatchEmbedding {
  private static final int COLOURS = 3;

  private final TensorOps ops;
  private final NDArray weight;
  private final NDArray bias;
  private final int patch;

  /**
   * Adds the parameters {@code <name>.weight}, (dim, 3, patch, patch), and {@code <name>.bias},
   * (dim), uniform in +-1/sqrt(3 patch^2), as PyTorch initialises a convolution; neither DINO nor
   * timm does it otherwise.
   */
  public PatchEmbedding(
      TensorOps ops, StateDict state, String name, int dim, int patch, Initializer initializer) {
    double bound = 1 / Math.sqrt(COLOURS * (double) patch * patch);
    this.ops = ops;
    this.patch = patch;
    weight =
        state.parameter(
            name + ".weight",
            initializer.uniform(state.manager(), bound, dim, COLOURS, patch, patch));
    bias = state.parameter(name + ".bias", initializer.uniform(state.manager(), bound, dim));
  }

  /**
   * Images (N, 3, H, W) to (N, dim, H / patch, W / patch), owned by the manager of {@code images};
   * pixels beyond the last whole patch are left out.
   */
  public NDArray apply(NDArray images) {
    return ops.conv2d(images, weight, bias, patch, 0);
  }

  /** What {@link #apply} computes. */
  public Value describe(Graph graph, Value images) {
    return graph.conv2d(images, graph.constant(weight), graph.constant(bias), patch, 0, 1);
  }
}
