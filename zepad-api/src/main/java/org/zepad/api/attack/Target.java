package org.zepad.api.attack;

import ai.djl.ndarray.NDArray;

/** A model under attack, from pixels to logits, normalisation inside. */
@FunctionalInterface
public interface Target {

  /**
   * The logits of images in evaluation mode.
   *
   * @param images (N, 3, H, W) in [0, 1]
   * @return (N, C), owned by the manager of the images, differentiable down to the pixels
   */
  NDArray logits(NDArray images);
}
