package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import org.zepad.api.tensor.Scalars;

/**
 * What ZePAD's branches and the first stage of Gen-AF minimise (Zhou et al., IEEE S&amp;P 2024, and
 * Lei, Yang and Zhang, ICLR 2026, section 3.2):
 *
 * <pre>
 * weight TP(f(x), f(x'), y, CE(f(x), y)) + mean over images of CE(f(x'), y)
 * </pre>
 *
 * <p>Gradients flow into the clean logits, the adversarial logits and the sample weights.
 *
 * @param weight of the topology-preservation loss, at least 0
 * @param topology the topology-preservation loss
 */
record TopologyPreserving(double weight, TopologyLoss topology) implements Objective {

  @Override
  public String name() {
    return "topology-preserving";
  }

  @Override
  public boolean attacks() {
    return true;
  }

  @Override
  public EpochChoice choice() {
    return EpochChoice.ROBUST;
  }

  @Override
  public Loss loss(Batch batch) {
    NDArray attacked = batch.attacked();
    NDArray clean = batch.clean();
    NDArray weights = CrossEntropy.perSample(clean, batch.labels());
    NDArray preserved = topology.of(clean, attacked, batch.labels(), weights);
    NDArray adversarial = CrossEntropy.perSample(attacked, batch.labels()).mean();
    NDArray total = Scalars.times(preserved, weight).add(adversarial);
    return Loss.of(total, "topology", preserved, "adversarial", adversarial);
  }
}
