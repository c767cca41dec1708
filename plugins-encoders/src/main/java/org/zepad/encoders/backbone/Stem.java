package org.zepad.encoders.backbone;

/** How a residual network begins. */
public enum Stem {
  /** A 3x3 convolution of stride 1 without pooling, for small images. */
  CIFAR(3, 1, false),
  /** A 7x7 convolution of stride 2 and padding 3, then 3x3 max pooling of stride 2. */
  IMAGENET(7, 2, true),
  /**
   * A 7x7 convolution of stride 1 and padding 1 without pooling: what ZePAD's public research code
   * loads encoders with ImageNet's weights into. Only to compare with it; the weights were trained
   * as {@link #IMAGENET}.
   */
  IMAGENET_REFERENCE(7, 1, false);

  private final int kernel;
  private final int stride;
  private final boolean pooled;

  Stem(int kernel, int stride, boolean pooled) {
    this.kernel = kernel;
    this.stride = stride;
    this.pooled = pooled;
  }

  int kernel() {
    return kernel;
  }

  int stride() {
    return stride;
  }

  boolean pooled() {
    return pooled;
  }
}
