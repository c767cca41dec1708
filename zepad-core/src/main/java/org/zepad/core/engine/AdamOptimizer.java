package org.zepad.core.engine;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;

/** Adam as torch.optim.Adam in its fused form: one pass over parameters and moments. */
final class AdamOptimizer extends GradientOptimizer {
  private final OptimizerSpec.Adam spec;
  private final TorchModule module;

  AdamOptimizer(OptimizerSpec.Adam spec, StateDict network, NDManager manager, TorchModule module) {
    super(network, manager);
    this.spec = spec;
    this.module = module;
    parameters()
        .forEach(
            (name, parameter) -> {
              slot("mean", name, parameter);
              slot("variance", name, parameter);
            });
  }

  @Override
  void update(List<Learned> learned, double learningRate, long step) {
    List<NDList> lists = List.of(new NDList(), new NDList(), new NDList(), new NDList());
    for (Learned one : learned) {
      lists.get(0).add(one.parameter());
      lists.get(1).add(one.gradient());
      lists.get(2).add(slot("mean", one.name()));
      lists.get(3).add(slot("variance", one.name()));
    }
    double[] numbers = {
      learningRate, spec.beta1(), spec.beta2(), spec.weightDecay(), spec.epsilon()
    };
    try (NDManager scope = state().manager().newSubManager()) {
      module.ofLists("adam", lists, scope.create((float) step), scope.create(numbers)).close();
    }
  }
}
