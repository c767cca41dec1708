package org.zepad.encoders.layers;

/**
 * Cubic convolution (Keys 1981) with the constant -0.75, half-pixel centres and repeated edges,
 * without anti-aliasing: PyTorch's {@code interpolate(mode="bicubic", align_corners=False)}.
 */
final class Bicubic {
  private static final double A = -0.75;

  private Bicubic() {}

  /**
   * The weights along one axis; of an image, the product of those of its rows and columns.
   *
   * @param from number of old places
   * @param to number of new places
   * @return for each new place its share of each old one; each row sums to 1
   */
  static double[][] weights(int from, int to) {
    double[][] weights = new double[to][from];
    for (int i = 0; i < to; i++) {
      double place = (i + 0.5) * from / to - 0.5;
      int floor = (int) Math.floor(place);
      for (int j = floor - 1; j <= floor + 2; j++) {
        int inside = Math.min(Math.max(j, 0), from - 1);
        weights[i][inside] += kernel(Math.abs(place - j));
      }
    }
    return weights;
  }

  private static double kernel(double distance) {
    double d = distance;
    if (d <= 1) {
      return ((A + 2) * d - (A + 3)) * d * d + 1;
    }
    return d < 2 ? ((d - 5) * d + 8) * d * A - 4 * A : 0;
  }
}
