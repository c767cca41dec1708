package org.zepad.encoders.backbone;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.zepad.api.tensor.Differentiable;
import org.zepad.api.tensor.FixedConvolution;
import org.zepad.api.tensor.TensorOps;

/** A stem in evaluation mode, its batch norm folded into its convolution, with its ReLU. */
record FoldedStem(TensorOps ops, FixedConvolution convolution) implements Differentiable {

  @Override
  public NDArray apply(NDArray x) {
    return ops.relui(convolution.apply(x));
  }

  @Override
  public Traced trace(NDArray x) {
    Shape input = x.getShape();
    NDArray value = apply(x);
    return new Traced(
        value,
        gradient ->
            then(ops.reluPullback(gradient, value), back -> convolution.pullback(back, input)));
  }
}
