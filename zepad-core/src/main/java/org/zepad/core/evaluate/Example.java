package org.zepad.core.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.zepad.api.dataset.RgbImage;

/**
 * A test image before and after an attack, to look at; rounded to grey levels.
 *
 * @param image its number among the measured images
 */
public record Example(int image, RgbImage clean, RgbImage attacked) {

  /**
   * One image of a batch.
   *
   * @param images (N, 3, H, W) in [0, 1]
   */
  static RgbImage picture(NDArray images, int row) {
    try (NDArray one = images.get(row);
        NDArray scaled = one.mul(255f);
        NDArray rounded = scaled.round();
        NDArray bytes = rounded.toType(DataType.UINT8, false)) {
      int height = Math.toIntExact(one.getShape().get(1));
      int width = Math.toIntExact(one.getShape().get(2));
      return new RgbImage(width, height, bytes.toByteArray());
    }
  }
}
