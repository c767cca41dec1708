package org.zepad.attacks.patch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;

/**
 * A square patch on square images of any size, given in shares of the image. With the published
 * 0.03 and 14/64, images of 64 x 64 pixels carry 11 x 11 pixels whose last row and column is number
 * 49; AdvEncoder-PAT puts it there.
 *
 * @param share of the pixels that the patch covers at most (0..1)
 * @param right distance between patch and right border, as a share of the width (0..1)
 * @param bottom distance between patch and lower border, as a share of the height (0..1)
 */
public record PatchPlace(double share, double right, double bottom) {
  /** What falls short of a whole pixel by less than this is rounding. */
  private static final double ROUNDING = 1e-9;

  /** The budget of a patch here. */
  public Budget budget() {
    return new Budget(Norm.L0, share);
  }

  /** The side of the patch in pixels. */
  public int length(int side) {
    return (int) (Math.sqrt(share) * side * (1 + ROUNDING));
  }

  /**
   * The pixels that the patch covers.
   *
   * @param attack how to call the attack in messages
   * @param side of the images in pixels
   * @param manager the owner of the mask
   * @return (1, side, side) float32, 1 where the patch is
   * @throws ZepadException of kind USAGE if the patch is smaller than a pixel, though not nothing,
   *     or does not fit on the image
   */
  public NDArray mask(String attack, int side, NDManager manager) {
    int length = length(side);
    if (length == 0 && share > 0) {
      throw ZepadException.usage(
          attack
              + ": share is "
              + share
              + ", less than one pixel of images of "
              + sizeOf(side)
              + ". Set share to at least "
              + 1.0 / side / side
              + ".");
    }
    int top = side - length - (int) Math.round(bottom * side);
    int left = side - length - (int) Math.round(right * side);
    if (top < 0 || left < 0) {
      throw ZepadException.usage(
          attack
              + ": a patch of "
              + sizeOf(length)
              + " does not fit on images of "
              + sizeOf(side)
              + " with right="
              + right
              + " and bottom="
              + bottom
              + ". Set share, right or bottom lower.");
    }
    float[] mask = new float[side * side];
    for (int y = top; y < top + length; y++) {
      for (int x = left; x < left + length; x++) {
        mask[y * side + x] = 1;
      }
    }
    return manager.create(mask, new Shape(1, side, side));
  }

  private static String sizeOf(int side) {
    return side + "x" + side + " pixels";
  }
}
