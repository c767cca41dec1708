package org.zepad.encoders.backbone;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zepad.api.tensor.Differentiable;
import org.zepad.api.tensor.FixedConvolution;
import org.zepad.api.tensor.TensorOps;

/**
 * A residual block in evaluation mode, its batch norms folded into its convolutions.
 *
 * @param branch its convolutions, with ReLUs between them
 * @param shortcut a projection, or none for the block's input itself
 */
record FoldedBlock(
    TensorOps ops, List<FixedConvolution> branch, @Nullable FixedConvolution shortcut)
    implements Differentiable {

  @Override
  public NDArray apply(NDArray x) {
    List<NDArray> inner = new ArrayList<>();
    NDArray value = value(x, inner);
    inner.forEach(NDArray::close);
    return value;
  }

  @Override
  public Traced trace(NDArray x) {
    Shape input = x.getShape();
    List<NDArray> inner = new ArrayList<>();
    NDArray value = value(x, inner);
    return new Traced(value, gradient -> pullback(gradient, value, inner, input));
  }

  /** The value at x; adds what the ReLUs within the branch gave. */
  private NDArray value(NDArray x, List<NDArray> inner) {
    NDArray y = branch.get(0).apply(x);
    for (FixedConvolution step : branch.subList(1, branch.size())) {
      inner.add(ops.relui(y));
      y = step.apply(inner.get(inner.size() - 1));
    }
    return ops.relui(shortcut == null ? y.addi(x) : then(shortcut.apply(x), y::addi));
  }

  /** The gradient by x; closes what lies within the branch. */
  private NDArray pullback(NDArray gradient, NDArray value, List<NDArray> inner, Shape input) {
    try (NDArray sum = ops.reluPullback(gradient, value)) {
      NDArray back = ops.detach(sum);
      for (int i = branch.size() - 1; i > 0; i--) {
        FixedConvolution step = branch.get(i);
        try (NDArray seen = inner.get(i - 1)) {
          back = then(back, a -> step.pullback(a, seen.getShape()));
          back = then(back, a -> ops.reluPullback(a, seen));
        }
      }
      back = then(back, a -> branch.get(0).pullback(a, input));
      return shortcut == null ? back.addi(sum) : then(shortcut.pullback(sum, input), back::addi);
    }
  }
}
