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
  private final List<NormalisedConvolution> branch = new ArrayList<>();
  private final @Nullable NormalisedConvolution shortcut;

  /**
   * Adds the tensors of a block; one that changes the shape projects its shortcut with a 1x1
   * convolution.
   */
  ResidualBlock(TensorOps ops, StateDict state, BlockPlan plan, Initializer initializer) {
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
    return sum(
        x,
        branch.stream().map(step -> inMode(step, training)).toList(),
        shortcut == null ? null : inMode(shortcut, training));
  }

  /** The block in evaluation mode at its present values, its batch norms folded; closes x. */
  UnaryOperator<NDArray> fold(NDManager scope) {
    List<UnaryOperator<NDArray>> steps = branch.stream().map(step -> step.fold(scope)).toList();
    UnaryOperator<NDArray> across = shortcut == null ? null : shortcut.fold(scope);
    return x -> sum(x, steps, across);
  }

  /** What {@link #apply} computes in evaluation mode. */
  Value describe(Graph graph, Value x) {
    Value y = branch.get(0).describe(graph, x);
    for (NormalisedConvolution step : branch.subList(1, branch.size())) {
      y = step.describe(graph, graph.relu(y));
    }
    return graph.relu(graph.add(y, shortcut == null ? x : shortcut.describe(graph, x)));
  }

  private static UnaryOperator<NDArray> inMode(NormalisedConvolution step, boolean training) {
    return x -> step.apply(x, training);
  }

  private static NDArray sum(
      NDArray x, List<UnaryOperator<NDArray>> steps, @Nullable UnaryOperator<NDArray> across) {
    try (x) {
      NDArray y = steps.get(0).apply(x);
      for (UnaryOperator<NDArray> step : steps.subList(1, steps.size())) {
        y = then(then(y, Activation::relu), step);
      }
      y = then(y, a -> across == null ? a.add(x) : then(across.apply(x), a::add));
      return then(y, Activation::relu);
    }
  }
}
