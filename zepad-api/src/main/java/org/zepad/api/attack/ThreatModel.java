package org.zepad.api.attack;

/** What the attacker holds. Always named beside a result. */
public enum ThreatModel {
  /** The public victim encoder, as published. */
  TRANSFER,
  /** Also the hardened encoders, without heads and fusion. */
  GRAY,
  /** Everything: encoders, heads, fusion and detector. */
  ADAPTIVE
}
