package org.zepad.core.experiment;

/** Whom an attack of a grid is crafted against. */
public enum Against {
  /** The undefended victim; every defence is shown the same attacked images (transfer). */
  VICTIM,
  /**
   * Each defence by itself: sample-wise attacks aim at the whole of it (adaptive), universal ones
   * at its hardened encoders (gray).
   */
  DEFENCE
}
