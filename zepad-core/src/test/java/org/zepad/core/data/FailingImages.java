package org.zepad.core.data;

import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/** Sound until one damaged image. */
record FailingImages(Images images, int damaged) implements Images {
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
    if (index == damaged) {
      throw ZepadException.input("broken.jpg is damaged");
    }
    return images.image(index);
  }
}
