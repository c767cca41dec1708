package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import org.zepad.api.tensor.Scalars;

/**
 * TRADES (Zhang et al., "Theoretically Principled Trade-off between Robustness and Accuracy", ICML
 * 2019, with beta = 1 / lambda), where x' maximises the divergence:
 *
 * <pre>
 * mean over images of CE(f(x), y) + beta KL(p(x) || p(x'))
 * </pre>
 *
 * <p>Both answers are differentiated.
 *
 * @param beta weight of the divergence, at least 0
 */
record Trades(double beta) implements Objective {

  @Override
  public String name() {
    return "trades";
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
    NDArray logits = batch.clean();
    NDArray clean = CrossEntropy.perSample(logits, batch.labels()).mean();
    NDArray divergence = KlDivergence.perSample(logits, attacked).mean();
    NDArray total = clean.add(Scalars.times(divergence, beta));
    return Loss.of(total, "clean", clean, "divergence", divergence);
  }
}
