package org.zepad.core.engine;

/**
 * The matrices of the minimal algorithm F(4 x 4, 3 x 3) of Winograd (Lavin and Gray 2016, section
 * 4): with a tile d (6, 6) and a kernel g (3, 3), the 16 results of a convolution are A ((G g G')
 * (B d B')) A', where the product in the middle is of single entries, 36 of them in place of 144.
 *
 * <p>The six points at which the polynomials are taken are 0, r, -r, -2r, 2r and infinity with r =
 * sqrt(1/2), which rounds five times less than the usual 0, 1, -1, 2, -2 and infinity. They are
 * their own reciprocals in reverse order, since r 2r = 1, and the rows of G are scaled to match:
 * turning the kernel round reverses the order of the 36 entries of its transform and does nothing
 * else.
 */
final class Winograd {
  /** Rows and columns of a tile's results. */
  static final int STEP = 4;

  /** Rows and columns of a tile. */
  static final int TILE = 6;

  /** Rows and columns of a kernel. */
  static final int KERNEL = 3;

  private static final double R = Math.sqrt(0.5);
  private static final double S = Math.sqrt(2);

  private static final double[][] B = {
    {1, 0, -2.5, 0, 1, 0},
    {0, 2, 2 * S, -1, -S, 0},
    {0, 2, -2 * S, -1, S, 0},
    {0, -0.5, R / 2, 1, -R, 0},
    {0, -0.5, -R / 2, 1, R, 0},
    {0, 1, 0, -2.5, 0, 1}
  };

  private static final double[][] G = {
    {1, 0, 0},
    {S / 3, 1 / 3.0, R / 3},
    {-S / 3, 1 / 3.0, -R / 3},
    {-R / 3, 1 / 3.0, -S / 3},
    {R / 3, 1 / 3.0, S / 3},
    {0, 0, 1}
  };

  private static final double[][] A = {
    {1, 1, 1, 1, 1, 0},
    {0, R, -R, -S, S, 0},
    {0, R * R, R * R, S * S, S * S, 0},
    {0, R * R * R, -R * R * R, -S * S * S, S * S * S, 1}
  };

  private Winograd() {}

  /** What transforms a tile of 36 entries: (36, 36). */
  static float[][] ofTiles() {
    return square(B);
  }

  /** What transforms a kernel of 9 entries: (36, 9). */
  static float[][] ofKernels() {
    return square(G);
  }

  /** What makes the 16 results of the 36 products: (16, 36). */
  static float[][] ofProducts() {
    return square(A);
  }

  /** The Kronecker square: of rows and columns at once what the matrix is of one of them. */
  private static float[][] square(double[][] m) {
    int rows = m.length;
    int columns = m[0].length;
    float[][] result = new float[rows * rows][columns * columns];
    for (int i = 0; i < result.length; i++) {
      for (int j = 0; j < result[i].length; j++) {
        result[i][j] = (float) (m[i / rows][j / columns] * m[i % rows][j % columns]);
      }
    }
    return result;
  }
}
