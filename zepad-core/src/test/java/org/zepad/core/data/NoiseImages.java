package org.zepad.core.data;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/** Random pixels that depend on the index alone; counts how often an image is decoded. */
final class NoiseImages implements Images {
  final AtomicInteger decoded = new AtomicInteger();
  private final int size;
  private final int classes;
  private final int width;
  private final int height;

  NoiseImages(int size, int classes, int width, int height) {
    this.size = size;
    this.classes = classes;
    this.width = width;
    this.height = height;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int label(int index) {
    return index % classes;
  }

  @Override
  public RgbImage image(int index) {
    decoded.incrementAndGet();
    byte[] planes = new byte[3 * width * height];
    SplittableRandom random = new SplittableRandom(index);
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) random.nextInt(256);
    }
    return new RgbImage(width, height, planes);
  }
}
