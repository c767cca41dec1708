package org.zepad.core.evaluate;

import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.api.attack.ThreatModel;

/** An attack, made ready, with what its attacker holds. */
public sealed interface AttackRun {

  /** How the result calls it. */
  String name();

  /** What the attacker holds. */
  ThreatModel threatModel();

  /** How much it may change an image. */
  Budget budget();

  /**
   * A universal perturbation that was crafted before.
   *
   * @param perturbation what is added to every image
   */
  record Universal(String name, ThreatModel threatModel, Perturbation perturbation)
      implements AttackRun {
    @Override
    public Budget budget() {
      return perturbation.budget();
    }
  }

  /**
   * An attack that works on each image by itself.
   *
   * @param attack the attack
   * @param target whom it attacks: the victim for a transfer, the whole defence when adaptive
   */
  record PerSample(String name, ThreatModel threatModel, SampleAttack attack, Target target)
      implements AttackRun {
    @Override
    public Budget budget() {
      return attack.budget();
    }
  }
}
