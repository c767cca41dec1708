package org.zepad.core.evaluate;

/** What a reader of a result must know before believing it. */
public enum Flag {
  /**
   * The attack does not break the undefended victim, so robustness against it says nothing: fewer
   * than a tenth of the rightly classified images are misled, or the 95% intervals of benign and
   * robust accuracy overlap.
   */
  ATTACK_INEFFECTIVE,
  /**
   * Nothing shows that the attack works: no undefended victim was evaluated, or the attack aims at
   * something else and breaks neither that nor the victim.
   */
  ATTACK_UNCHECKED,
  /** Computed as the public research code does, without clamping: for comparison alone. */
  REFERENCE_ARITHMETIC;

  /** Of the victim's right answers, the share that an attack must turn wrong to count. */
  static final double LEAST_MISLED = 0.1;
}
