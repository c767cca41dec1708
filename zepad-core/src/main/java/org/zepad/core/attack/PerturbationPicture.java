package org.zepad.core.attack;

import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.data.PngFiles;

/**
 * Pictures of perturbations, which are far too faint to be seen as they are: no change is half
 * grey, the largest allowed change black or white. Small ones are enlarged, pixel by pixel.
 */
public final class PerturbationPicture {
  private static final int LEAST_SIDE = 256;

  private PerturbationPicture() {}

  /**
   * An 8-bit RGB PNG of at least 256 x 256 pixels. An L2 perturbation is amplified by its largest
   * change instead of its budget, which says nothing of a single pixel. A patch is shown as it is,
   * on black.
   */
  public static byte[] png(Perturbation perturbation) {
    int height = (int) perturbation.delta().getShape().get(1);
    int width = (int) perturbation.delta().getShape().get(2);
    int factor = Math.max(1, (LEAST_SIDE + Math.min(height, width) - 1) / Math.min(height, width));
    return PngFiles.encode(enlarged(levels(perturbation), height, width, factor));
  }

  /** What each value looks like, 0 to 255. */
  private static byte[] levels(Perturbation perturbation) {
    float[] delta = perturbation.delta().toFloatArray();
    boolean patch = perturbation.budget().norm() == Norm.L0;
    double limit = patch ? 1 : limit(delta, perturbation);
    byte[] levels = new byte[delta.length];
    for (int i = 0; i < levels.length; i++) {
      double share = limit == 0 ? 0 : Math.max(-1, Math.min(1, delta[i] / limit));
      levels[i] = (byte) Math.round(patch ? 255 * share : 127.5 + 127.5 * share);
    }
    return levels;
  }

  private static double limit(float[] delta, Perturbation perturbation) {
    if (perturbation.budget().norm() == Norm.LINF) {
      return perturbation.budget().epsilon();
    }
    double limit = 0;
    for (float change : delta) {
      limit = Math.max(limit, Math.abs(change));
    }
    return limit;
  }

  private static RgbImage enlarged(byte[] levels, int height, int width, int factor) {
    int wide = width * factor;
    byte[] planes = new byte[3 * height * factor * wide];
    for (int row = 0; row < 3 * height * factor; row++) {
      for (int x = 0; x < wide; x++) {
        planes[row * wide + x] = levels[row / factor * width + x / factor];
      }
    }
    return new RgbImage(wide, height * factor, planes);
  }
}
