package org.zepad.datasets.files;

import org.zepad.api.dataset.RgbImage;

/** Square pictures as MATLAB keeps them: three planes, each column by column. */
public final class ColumnMajor {
  private ColumnMajor() {}

  /**
   * The picture, row by row.
   *
   * @param columns 3 * side * side bytes: the red plane, then green, then blue
   * @param side of the picture, in pixels
   */
  public static RgbImage image(byte[] columns, int side) {
    byte[] planes = new byte[columns.length];
    for (int plane = 0; plane < planes.length; plane += side * side) {
      for (int x = 0; x < side; x++) {
        for (int y = 0; y < side; y++) {
          planes[plane + y * side + x] = columns[plane + x * side + y];
        }
      }
    }
    return new RgbImage(side, side, planes);
  }
}
