package org.zepad.encoders.backbone;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.Differentiable;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;
import org.zepad.encoders.layers.BatchNormalisation;
import org.zepad.encoders.layers.Convolution;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.NormalisedConvolution;

/**
 * A branch of convolutions, each with a batch norm, ReLUs between them, and a shortcut (He et al.
 * 2016, figure 5), as in torchvision.
 */
final class ResidualBlock {
  private final TensorOps ops;
  private final List<NormalisedConvolution> branch = new ArrayList<>();
  private final @Nullable NormalisedConvolution shortcut;

  /**
   * Adds the tensors of a block; one that changes the shape projects its shortcut with a 1x1
   * convolution.
   */
  ResidualBlock(TensorOps ops, StateDict state, BlockPlan plan, Initializer initializer) {
    this.ops = ops;
    for (BlockKind.Step step : plan.steps()) {
      int number = branch.size() + 1;
      branch.add(
          new NormalisedConvolution(
              new Convolution(
                  ops,
                  state,
                  plan.name() + ".conv" + number,
                  step.in(),
                  step.out(),
                  step.kernel(),
                  step.stride(),
                  step.padding(),
                  initializer),
              new BatchNormalisation(state, plan.name() + ".bn" + number, step.out())));
    }
    shortcut = plan.projects() ? projection(ops, state, plan, initializer) : null;
  }

  private static NormalisedConvolution projection(
      TensorOps ops, StateDict state, BlockPlan plan, Initializer initializer) {
    String name = plan.name() + ".downsample";
    return new NormalisedConvolution(
        new Convolution(
            ops, state, name + ".0", plan.in(), plan.out(), 1, plan.stride(), 0, initializer),
        new BatchNormalisation(state, name + ".1", plan.out()));
  }

  /** (N, in, H, W) to (N, out, H / stride, W / stride); closes {@code x}. */
  NDArray apply(NDArray x, boolean training) {
    try (x) {
      NDArray y = branch.get(0).apply(x, training);
      for (NormalisedConvolution step : branch.subList(1, branch.size())) {
        y = then(then(y, Activation::relu), a -> step.apply(a, training));
      }
      y = then(y, a -> shortcut == null ? a.add(x) : then(shortcut.apply(x, training), a::add));
      return then(y, Activation::relu);
    }
  }

  /** The block in evaluation mode at its present values, its batch norms folded; closes x. */
  UnaryOperator<NDArray> fold(NDManager scope) {
    Differentiable folded =
        new FoldedBlock(
            ops,
            branch.stream().map(step -> step.fold(scope)).toList(),
            shortcut == null ? null : shortcut.fold(scope));
    return x -> then(x, a -> ops.differentiable(a, folded));
  }

  /** What {@link #apply} computes in evaluation mode. */
  Value describe(Graph graph, Value x) {
    Value y = branch.get(0).describe(graph, x);
    for (NormalisedConvolution step : branch.subList(1, branch.size())) {
      y = step.describe(graph, graph.relu(y));
    }
    return graph.relu(graph.add(y, shortcut == null ? x : shortcut.describe(graph, x)));
  }
}
