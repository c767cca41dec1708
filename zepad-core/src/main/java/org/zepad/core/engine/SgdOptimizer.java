package org.zepad.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;

/** Stochastic gradient descent as torch.optim.SGD. */
final class SgdOptimizer extends GradientOptimizer {
  private final OptimizerSpec.Sgd spec;

  SgdOptimizer(OptimizerSpec.Sgd spec, StateDict network, NDManager manager) {
    super(network, manager);
    this.spec = spec;
    if (spec.momentum() != 0) {
      parameters().forEach((name, parameter) -> slot("momentum", name, parameter));
    }
  }

  @Override
  void update(List<Learned> learned, double learningRate, long step) {
    learned.forEach(one -> update(one.name(), one.parameter(), one.gradient(), learningRate));
  }

  private void update(String name, NDArray parameter, NDArray gradient, double learningRate) {
    try (NDManager scope = parameter.getManager().newSubManager()) {
      gradient.attach(scope);
      NDArray direction = gradient;
      if (spec.weightDecay() != 0) {
        direction = gradient.add(scoped(parameter, scope).mul(spec.weightDecay()));
      }
      if (spec.momentum() != 0) {
        NDArray momentum = slot("momentum", name);
        momentum.muli(spec.momentum()).addi(direction);
        direction =
            spec.nesterov()
                ? direction.add(scoped(momentum, scope).mul(spec.momentum()))
                : momentum;
      }
      parameter.subi(scoped(direction, scope).mul(learningRate));
    }
  }

  /** The same values without history, whose results land in the scope. */
  static NDArray scoped(NDArray array, NDManager scope) {
    NDArray view = array.stopGradient();
    view.attach(scope);
    return view;
  }
}
