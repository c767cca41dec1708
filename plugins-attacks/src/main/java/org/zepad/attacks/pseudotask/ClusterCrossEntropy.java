package org.zepad.attacks.pseudotask;

import ai.djl.ndarray.NDArray;
import org.zepad.attacks.loss.CrossEntropy;
import org.zepad.attacks.universal.Objective;

/**
 * How far a perturbation drives images out of their clusters (UAPGD):
 *
 * <pre>
 * mean over x of CE(logits(x + delta), label(x))
 * </pre>
 *
 * @param task whose labels are those of clean images
 */
record ClusterCrossEntropy(PseudoTask task) implements Objective {

  @Override
  public Step on(Batch batch) {
    NDArray labels = batch.images().getManager().create(task.labels(batch.indices()));
    return new Step(batch.images(), x -> CrossEntropy.each(task.logits(x), labels).mean());
  }
}
