package org.zepad.core.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.OptionalLong;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.core.detect.DetectionThreshold;

/** Sets the detection threshold of a model on benign validation images. */
public final class Calibration {
  private Calibration() {}

  /**
   * The least threshold at which no more than the wanted share of benign images is flagged.
   *
   * @param model the whole defence for the task
   * @param validation benign images that are not test images, at least one
   * @param wantedFpr in [0, 1), usually {@link DetectionThreshold#DEFAULT_FPR}
   * @param batchSize images at a time
   */
  public static DetectionThreshold threshold(
      FusedModel model, ImageBatches validation, double wantedFpr, int batchSize) {
    if (validation.size() == 0) {
      throw ZepadException.input(
          "there are no validation images to set the detection threshold on; enlarge the"
              + " validation part or give a fixed threshold");
    }
    return DetectionThreshold.calibrate(scores(model, validation, batchSize), wantedFpr);
  }

  /** The detection score of each image, in the fixed order of the images. */
  public static float[] scores(FusedModel model, ImageBatches images, int batchSize) {
    float[] scores = new float[images.size()];
    int[] done = {0};
    images.forEach(
        batchSize,
        OptionalLong.empty(),
        batch -> {
          try (NDManager scope = batch.images().getManager().newSubManager()) {
            NDArray own = batch.images().stopGradient();
            own.attach(scope);
            float[] part = model.forward(own).detection().toFloatArray();
            System.arraycopy(part, 0, scores, done[0], part.length);
            done[0] += part.length;
          }
        });
    return scores;
  }
}
