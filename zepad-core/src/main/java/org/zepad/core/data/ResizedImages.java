package org.zepad.core.data;

import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/**
 * Images made square: bilinear, half-pixel centres, anti-aliased when made smaller (as
 * torchvision's Resize), rounded to 8 bits once at the end. An image of the right size is passed on
 * untouched. Thread-safe if the set is.
 */
public final class ResizedImages implements Images {
  private final Images images;
  private final int size;
  private final Fit fit;

  /**
   * Resizes a set.
   *
   * @param size the side in pixels, at least 1
   */
  public ResizedImages(Images images, int size, Fit fit) {
    if (size < 1) {
      throw new IllegalArgumentException("an image has a side of at least 1 pixel, got " + size);
    }
    this.images = images;
    this.size = size;
    this.fit = fit;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public int label(int index) {
    return images.label(index);
  }

  @Override
  public RgbImage image(int index) {
    return resize(images.image(index), size, fit);
  }

  /** Resizes one image; returns the same one if nothing is to be done. */
  public static RgbImage resize(RgbImage image, int size, Fit fit) {
    int width = image.width();
    int height = image.height();
    if (width == size && height == size) {
      return image;
    }
    int x = 0;
    int y = 0;
    if (fit == Fit.CROP) {
      int side = Math.min(width, height);
      x = (width - side) / 2;
      y = (height - side) / 2;
      width = side;
      height = side;
    }
    float[] values = new float[3 * size * size];
    new Resampler().resample(image, x, y, width, height, size, false, 1, values, 0);
    byte[] planes = new byte[values.length];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) Math.max(0, Math.min(255, (int) (values[i] + 0.5f)));
    }
    return new RgbImage(size, size, planes);
  }
}
