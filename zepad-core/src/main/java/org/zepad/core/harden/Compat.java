package org.zepad.core.harden;

/** Whether fine-tuning does it right or reproduces the published code. */
public enum Compat {
  /** As documented: the default. */
  SOUND,
  /**
   * For comparison with published numbers only: the attack sees images without the encoder's
   * normalisation, and the parameter gradients of its backward passes pile up and reach the
   * optimizers together with those of the loss. Both weaken what is learnt; a result made this way
   * says so in its provenance.
   */
  REFERENCE
}
