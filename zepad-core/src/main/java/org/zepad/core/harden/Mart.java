package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.zepad.api.tensor.Scalars;

/**
 * MART, misclassification-aware adversarial training (Wang et al., "Improving Adversarial
 * Robustness Requires Revisiting Misclassified Examples", ICLR 2020, with the boosted cross-entropy
 * BCE):
 *
 * <pre>
 * mean over images of BCE(p(x'), y) + lambda KL(p(x) || p(x')) (1 - p_y(x))
 * BCE(p, y) = -ln p_y - ln(1 - max over k != y of p_k)
 * </pre>
 *
 * <p>Both answers are differentiated, the factor 1 - p_y(x) included.
 *
 * @param lambda weight of the divergence, at least 0
 */
record Mart(double lambda) implements Objective {
  /** Far below every logit, so that exp gives exactly 0. */
  private static final double REMOVED = -1e5;

  @Override
  public String name() {
    return "mart";
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
    NDArray boosted = boosted(attacked, batch.labels()).mean();
    NDArray doubt = CrossEntropy.perSample(logits, batch.labels()).neg().exp().neg().add(1);
    NDArray divergence = KlDivergence.perSample(logits, attacked).mul(doubt).mean();
    NDArray total = boosted.add(Scalars.times(divergence, lambda));
    return Loss.of(total, "boosted", boosted, "divergence", divergence);
  }

  /**
   * The boosted cross-entropy of each image. With z the logits without the strongest wrong class m,
   * 1 - p_m = p_y / softmax(z)_y, so it is 2 CE(logits, y) - CE(z, y): exact where 1 - p_m would
   * round to 0.
   */
  private static NDArray boosted(NDArray logits, NDArray labels) {
    NDArray without = logits.add(strongestWrong(logits, labels));
    NDArray plain = CrossEntropy.perSample(logits, labels);
    return Scalars.times(plain, 2).sub(CrossEntropy.perSample(without, labels));
  }

  /** {@link #REMOVED} at the strongest wrong class of each row, else 0; constant. */
  private static NDArray strongestWrong(NDArray logits, NDArray labels) {
    int classes = Math.toIntExact(logits.getShape().get(1));
    NDArray right = Scalars.times(labels.oneHot(classes, DataType.FLOAT32), REMOVED);
    NDArray strongest = logits.stopGradient().add(right).argMax(1);
    return Scalars.times(strongest.oneHot(classes, DataType.FLOAT32), REMOVED);
  }
}
