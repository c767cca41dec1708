package org.zepad.api.attack;

/** What the two kinds of attack share. Immutable and reusable. */
public sealed interface Attack permits SampleAttack, UniversalAttack {

  /** The budget that everything it makes stays within. */
  Budget budget();
}
