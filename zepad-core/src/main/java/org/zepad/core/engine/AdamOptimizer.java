package org.zepad.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;

/** Adam as torch.optim.Adam, in one native call a parameter. */
final class AdamOptimizer extends GradientOptimizer {
  private final OptimizerSpec.Adam spec;

  AdamOptimizer(OptimizerSpec.Adam spec, StateDict network, NDManager manager) {
    super(network, manager);
    this.spec = spec;
    parameters()
        .forEach(
            (name, parameter) -> {
              slot("mean", name, parameter);
              slot("variance", name, parameter);
            });
  }

  @Override
  void update(String name, NDArray parameter, NDArray gradient, double learningRate, long step) {
    double correction1 = 1 - Math.pow(spec.beta1(), (double) step);
    double correction2 = Math.sqrt(1 - Math.pow(spec.beta2(), (double) step));
    JniUtils.adamUpdate(
        (PtNDArray) parameter,
        (PtNDArray) gradient,
        (PtNDArray) slot("mean", name),
        (PtNDArray) slot("variance", name),
        (float) learningRate,
        (float) (learningRate * correction2 / correction1),
        (float) spec.weightDecay(),
        1f,
        -1f,
        (float) spec.beta1(),
        (float) spec.beta2(),
        // The native form adds epsilon before the bias correction; scaled, it is PyTorch's.
        (float) (spec.epsilon() * correction2),
        false);
  }
}
