package org.zepad.core.pretrain;

import java.util.SplittableRandom;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/** Stripes of four directions, one for each class, with noise and a random phase. */
record PatternImages(int size, int side) implements Images {
  static final int CLASSES = 4;

  @Override
  public int label(int index) {
    return index % CLASSES;
  }

  @Override
  public RgbImage image(int index) {
    SplittableRandom random = new SplittableRandom(index);
    double phase = random.nextDouble(0, 2 * Math.PI);
    double angle = label(index) * Math.PI / CLASSES;
    byte[] planes = new byte[3 * side * side];
    for (int i = 0; i < planes.length; i++) {
      int y = i / side % side;
      int x = i % side;
      double wave = Math.sin(phase + 1.4 * (x * Math.cos(angle) + y * Math.sin(angle)));
      planes[i] = (byte) Math.round(127 + 70 * wave + random.nextDouble(-50, 50));
    }
    return new RgbImage(side, side, planes);
  }
}
