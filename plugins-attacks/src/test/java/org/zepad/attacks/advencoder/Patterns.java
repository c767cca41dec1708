package org.zepad.attacks.advencoder;

import java.util.SplittableRandom;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/** Images of random waves: colourful, smooth, all different. */
record Patterns(int size, int side) implements Images {

  @Override
  public int label(int index) {
    return index % 10;
  }

  @Override
  public RgbImage image(int index) {
    SplittableRandom random = new SplittableRandom(index);
    byte[] planes = new byte[3 * side * side];
    for (int c = 0; c < 3; c++) {
      double fx = random.nextDouble(0.1, 1.2);
      double fy = random.nextDouble(0.1, 1.2);
      double phase = random.nextDouble(6);
      double height = random.nextDouble(20, 110);
      for (int i = 0; i < side * side; i++) {
        planes[c * side * side + i] =
            (byte) (127 + height * Math.sin(fx * (i % side) + fy * (i / side) + phase));
      }
    }
    return new RgbImage(side, side, planes);
  }
}
