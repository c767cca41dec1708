package org.zepad.api.attack;

import ai.djl.ndarray.NDArray;

/**
 * A model under attack whose features, before any head, can be seen: for attacks without a task.
 */
public interface FeatureTarget extends Target {

  /**
   * The features of images in evaluation mode.
   *
   * @param images (N, 3, H, W) in [0, 1]
   * @return (N, D), owned by the manager of the images, differentiable down to the pixels
   */
  NDArray features(NDArray images);
}
