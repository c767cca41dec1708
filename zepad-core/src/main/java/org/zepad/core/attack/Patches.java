package org.zepad.core.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.tensor.TensorOps;

/** Universal patches on images. */
final class Patches {
  private Patches() {}

  /**
   * Replaces pixels. On images of another size than the patch's as many whole pixels are replaced
   * as its area makes, rounded down, so that its share of the pixels never grows: those that it
   * covers most.
   *
   * @param images (N, 3, H, W) in [0, 1]; not changed
   * @return (N, 3, H, W)
   */
  static NDArray paste(
      Perturbation patch, NDArray mask, NDArray images, TensorOps ops, NDManager scope) {
    NDArray cover = Perturbations.resized(mask, images.getShape(), ops, scope);
    NDArray pixels = Perturbations.resized(patch.delta(), images.getShape(), ops, scope);
    NDArray covered = covered(cover, share(mask), scope);
    // Beside the patch there is black, which must not blend into its border.
    NDArray content = pixels.div(cover.maximum(Float.MIN_NORMAL)).mul(covered);
    NDArray kept = images.mul(covered.mul(-1).add(1));
    kept.attach(scope);
    return content.add(kept);
  }

  /**
   * Whether a patch is what it says: of the mask's size, the mask of zeros and ones, pixels in [0,
   * 1] where it is 1 and 0 where it is 0. What is not finite is not.
   *
   * @param delta (3, H, W)
   * @param mask (1, H, W)
   */
  static boolean isSound(NDArray delta, NDArray mask) {
    if (!delta.getShape().slice(1).equals(mask.getShape().slice(1))) {
      return false;
    }
    float[] covered = mask.toFloatArray();
    float[] pixels = delta.toFloatArray();
    for (int i = 0; i < pixels.length; i++) {
      float cover = covered[i % covered.length];
      // Written so that NaN fails, too.
      if (!(cover == 0 || cover == 1) || !(pixels[i] >= 0 && pixels[i] <= cover)) {
        return false;
      }
    }
    return true;
  }

  private static double share(NDArray mask) {
    try (NDArray mean = mask.mean()) {
      return mean.getFloat();
    }
  }

  private static NDArray covered(NDArray cover, double share, NDManager scope) {
    float[] values = cover.toFloatArray();
    // What the area lacks to a whole number by rounding is no pixel less.
    int area = (int) Math.floor(share * values.length * (1 + 1e-6));
    float[] chosen = new float[values.length];
    IntStream.range(0, values.length)
        .filter(i -> values[i] > 0)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -values[i]).thenComparing(i -> i))
        .limit(area)
        .forEach(i -> chosen[i] = 1);
    Shape shape = cover.getShape();
    return scope.create(chosen, shape);
  }
}
