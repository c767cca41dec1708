package org.zepad.core.evaluate;

import org.jspecify.annotations.Nullable;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
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

  /** What the attack needs; {@link Knowledge#NOTHING} marks a baseline of noise. */
  Knowledge knowledge();

  /** How much it may change an image. */
  Budget budget();

  /**
   * The subject that it was made against; null if that is none of the subjects, or the public
   * victim that a perturbation was crafted on.
   */
  @Nullable String aimedAt();

  /**
   * A universal perturbation that was crafted before.
   *
   * @param perturbation what is added to every image
   */
  record Universal(
      String name,
      ThreatModel threatModel,
      Knowledge knowledge,
      Perturbation perturbation,
      @Nullable String aimedAt)
      implements AttackRun {

    /** A perturbation that was optimised on the public encoder. */
    public Universal(String name, ThreatModel threatModel, Perturbation perturbation) {
      this(name, threatModel, Knowledge.ENCODER, perturbation, null);
    }

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
   * @param aimedAt the subject that this target is, or null if it is none of them
   */
  record PerSample(
      String name,
      ThreatModel threatModel,
      Knowledge knowledge,
      SampleAttack attack,
      Target target,
      @Nullable String aimedAt)
      implements AttackRun {

    /** An attack with the model in hand on a target that is none of the subjects. */
    public PerSample(String name, ThreatModel threatModel, SampleAttack attack, Target target) {
      this(name, threatModel, Knowledge.MODEL, attack, target, null);
    }

    @Override
    public Budget budget() {
      return attack.budget();
    }
  }
}
