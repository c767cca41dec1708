package org.zepad.attacks.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.attacks.ascent.Ascent;
import org.zepad.attacks.loss.KlDivergence;

/**
 * Ascends the divergence KL(p(x) || p(x')) of the answer to x' from the answer to the clean image x
 * (TRADES, Zhang et al. 2019, algorithm 1) and returns where the last step leads. No label is
 * looked at.
 */
record DivergenceAscent(Ascent ascent) implements SampleAttack {

  @Override
  public Budget budget() {
    return ascent.budget();
  }

  @Override
  public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
    try (NDManager scope = images.getManager().newSubManager()) {
      NDArray own = context.ops().detach(images);
      own.attach(scope);
      NDArray clean = context.ops().detach(target.logits(own).logSoftmax(1));
      clean.attach(scope);
      return ascent.last(
          points -> KlDivergence.each(clean, target.logits(points)), images, context);
    }
  }
}
