package org.zepad.attacks.gradient;

import ai.djl.ndarray.NDArray;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.attacks.ascent.Ascent;
import org.zepad.attacks.loss.CrossEntropy;

/**
 * Ascends the cross-entropy of the right class and returns where the last step leads: what FGSM and
 * PGD are.
 */
record CrossEntropyAscent(Ascent ascent) implements SampleAttack {

  @Override
  public Budget budget() {
    return ascent.budget();
  }

  @Override
  public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
    return ascent.last(points -> CrossEntropy.each(target.logits(points), labels), images, context);
  }
}
