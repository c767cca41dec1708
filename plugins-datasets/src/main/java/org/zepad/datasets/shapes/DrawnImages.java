package org.zepad.datasets.shapes;

import java.util.Objects;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/**
 * Images that are drawn when asked for. Thread-safe.
 *
 * @param size how many there are
 * @param side in pixels
 * @param seed of the data set
 * @param part tells apart the streams of training and test images
 */
record DrawnImages(int size, int side, long seed, int part) implements Images {
  private static final int CLASSES = Kind.ALL.size();
  // Apart from the streams of the images, whose last number is an index of at least 0.
  private static final long ORDER = -1;

  /** Every run of as many images as classes holds each class once, in an order of its own. */
  @Override
  public int label(int index) {
    Objects.checkIndex(index, size);
    Stream stream = new Stream(seed, part, ORDER, index / CLASSES);
    int[] order = new int[CLASSES];
    for (int i = 0; i < CLASSES; i++) {
      int j = stream.below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order[index % CLASSES];
  }

  @Override
  public RgbImage image(int index) {
    return new Scene(side, new Stream(seed, part, index)).draw(Kind.ALL.get(label(index)));
  }
}
