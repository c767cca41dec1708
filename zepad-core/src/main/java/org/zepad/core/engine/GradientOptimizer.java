package org.zepad.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;

/** What the optimizers share: the walk over parameters, and a state that can be saved. */
abstract class GradientOptimizer implements Optimizer {
  private static final String STEP = "step";

  private final Map<String, NDArray> parameters;
  private final StateDict state;

  GradientOptimizer(StateDict network, NDManager manager) {
    this.parameters = network.parameters();
    this.state = new StateDict(manager);
    state.buffer(STEP, manager.create(new long[] {0}));
  }

  static Optimizer of(
      OptimizerSpec spec, StateDict network, NDManager manager, TorchModule module) {
    if (spec instanceof OptimizerSpec.Adam adam) {
      return new AdamOptimizer(adam, network, manager, module);
    }
    if (spec instanceof OptimizerSpec.Sgd sgd) {
      return new SgdOptimizer(sgd, network, manager);
    }
    return new LarsOptimizer((OptimizerSpec.Lars) spec, network, manager);
  }

  /** Adds a zero tensor of the parameter's shape to the state. */
  final NDArray slot(String kind, String name, NDArray parameter) {
    return state.buffer(kind + "." + name, state.manager().zeros(parameter.getShape()));
  }

  final NDArray slot(String kind, String name) {
    return state.get(kind + "." + name);
  }

  final Map<String, NDArray> parameters() {
    return parameters;
  }

  /**
   * Changes parameters in place.
   *
   * @param learned at least one
   */
  abstract void update(List<Learned> learned, double learningRate, long step);

  @Override
  public final void step(double learningRate) {
    NDArray counter = state.get(STEP);
    counter.addi(1);
    long step = counter.toLongArray()[0];
    List<Learned> learned = new ArrayList<>();
    parameters.forEach(
        (name, parameter) -> {
          // A frozen parameter, and one that took no part in the loss, have no gradient.
          NDArray gradient = JniUtils.getGradient((PtNDArray) parameter);
          if (gradient != null) {
            learned.add(new Learned(name, parameter, gradient));
          }
        });
    try {
      if (!learned.isEmpty()) {
        update(learned, learningRate, step);
      }
    } finally {
      learned.forEach(one -> one.gradient().close());
    }
    zeroGradients();
  }

  @Override
  public final void zeroGradients() {
    parameters.values().forEach(p -> JniUtils.zeroGrad((PtNDArray) p));
  }

  @Override
  public final StateDict state() {
    return state;
  }

  @Override
  public final void close() {
    state.close();
  }

  /** A parameter and its gradient, which may be overwritten. */
  record Learned(String name, NDArray parameter, NDArray gradient) {}
}
