package org.zepad.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;

/** LARS (You, Gitman and Ginsburg 2017) as solo-learn runs it over SGD with momentum. */
final class LarsOptimizer extends GradientOptimizer {
  private static final double EPSILON = 1e-8;

  private final OptimizerSpec.Lars spec;

  LarsOptimizer(OptimizerSpec.Lars spec, StateDict network, NDManager manager) {
    super(network, manager);
    this.spec = spec;
    parameters().forEach((name, parameter) -> slot("momentum", name, parameter));
  }

  @Override
  void update(List<Learned> learned, double learningRate, long step) {
    learned.forEach(one -> update(one.name(), one.parameter(), one.gradient(), learningRate));
  }

  private void update(String name, NDArray parameter, NDArray gradient, double learningRate) {
    boolean vector = parameter.getShape().dimension() == 1;
    try (NDManager scope = parameter.getManager().newSubManager()) {
      gradient.attach(scope);
      NDArray weights = SgdOptimizer.scoped(parameter, scope);
      NDArray direction = gradient;
      if (!(vector && spec.excludeVectors())) {
        double weightNorm = weights.norm().getFloat();
        double gradientNorm = gradient.norm().getFloat();
        direction = gradient.add(weights.mul(spec.weightDecay()));
        if (weightNorm != 0 && gradientNorm != 0) {
          double local =
              spec.eta() * weightNorm / (gradientNorm + weightNorm * spec.weightDecay() + EPSILON);
          direction.muli(spec.clip() ? Math.min(local / learningRate, 1) : local);
        }
      }
      NDArray momentum = slot("momentum", name);
      momentum.muli(spec.momentum()).addi(direction);
      parameter.subi(SgdOptimizer.scoped(momentum, scope).mul(learningRate));
    }
  }
}
