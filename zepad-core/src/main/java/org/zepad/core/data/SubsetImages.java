package org.zepad.core.data;

import java.util.Objects;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/** Some of the images of a set, in the order of the given indices. As thread-safe as the set. */
public final class SubsetImages implements Images {
  private final Images images;
  private final int[] indices;

  /**
   * A view of some images.
   *
   * @throws IndexOutOfBoundsException if an index is none of the set
   */
  public SubsetImages(Images images, int[] indices) {
    this.images = images;
    this.indices = indices.clone();
    for (int index : indices) {
      Objects.checkIndex(index, images.size());
    }
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public int label(int index) {
    return images.label(indices[index]);
  }

  @Override
  public RgbImage image(int index) {
    return images.image(indices[index]);
  }
}
