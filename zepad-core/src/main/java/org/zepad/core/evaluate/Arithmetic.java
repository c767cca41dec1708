package org.zepad.core.evaluate;

/** How attacked images and figures are made. */
public enum Arithmetic {
  /** Attacked images are clamped to [0, 1]; figures are counts over the whole set. */
  SOUND,
  /**
   * As the public research code: universal perturbations are added without clamping, so attacked
   * images may lie outside [0, 1], and means of per-batch percentages are reported too. The result
   * is marked. Sample-wise attacks are not affected.
   */
  REFERENCE
}
