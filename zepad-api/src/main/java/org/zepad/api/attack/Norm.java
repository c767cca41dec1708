package org.zepad.api.attack;

/** How the size of a perturbation is measured, over one image in pixel units. */
public enum Norm {
  /** The largest change of any channel of any pixel. */
  LINF,
  /** The Euclidean length. */
  L2
}
