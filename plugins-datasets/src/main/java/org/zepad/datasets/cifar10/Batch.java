package org.zepad.datasets.cifar10;

import org.zepad.api.dataset.RgbImage;

/** One file of images. Thread-safe; indices are checked by the caller. */
interface Batch {
  /** How many images there are. */
  int size();

  /** The label of an image, 0 to 9. */
  int label(int index);

  /** An image of 32x32 pixels. */
  RgbImage image(int index);
}
