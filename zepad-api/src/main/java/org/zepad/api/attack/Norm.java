package org.zepad.api.attack;

/** How the size of a perturbation is measured, over one image in pixel units. */
public enum Norm {
  /** The largest change of any channel of any pixel. */
  LINF,
  /** The Euclidean length. */
  L2,
  /** The share of pixels that are changed, each by as much as one likes: a patch. */
  L0
}
