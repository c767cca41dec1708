package org.zepad.attacks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * The mask of an ideal high-pass filter for {@link org.zepad.api.tensor.TensorOps#highPass}. The
 * filter is linear and, where its mask is symmetric about the zero frequency, self-adjoint.
 */
public final class HighPass {
  private HighPass() {}

  /**
   * Marks the frequencies that lie strictly nearer to the zero frequency than a radius. The zero
   * frequency lies at (floor(H/2), floor(W/2)), also for odd and non-square planes.
   *
   * @param manager the owner of the mask
   * @param height H of the planes, in pixels
   * @param width W of the planes, in pixels
   * @param radius in frequency steps; 0 marks nothing
   * @return (H, W) float32, 1 where a frequency is removed
   */
  public static NDArray mask(NDManager manager, int height, int width, double radius) {
    float[] mask = new float[height * width];
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        if (Math.hypot(i - height / 2, j - width / 2) < radius) {
          mask[i * width + j] = 1;
        }
      }
    }
    return manager.create(mask, new Shape(height, width));
  }
}
