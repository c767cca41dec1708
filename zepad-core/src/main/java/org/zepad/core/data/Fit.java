package org.zepad.core.data;

/** How an image that is no square becomes one. */
public enum Fit {
  /** The whole image, its aspect ratio not kept: what the paper does with every data set. */
  STRETCH,
  /** The largest square in the middle; what lies outside is lost. */
  CROP
}
