package org.zepad.core.evaluate;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.attack.Target;
import org.zepad.core.detect.DetectionThreshold;

/**
 * A model whose figures are wanted.
 *
 * @param name how the result calls it, unique within an evaluation
 * @param undefended whether it is the victim as published: what an attack must break to count
 * @param scorer the model
 * @param threshold above which detection score an image is flagged; null where nothing detects
 */
public record Subject(
    String name, boolean undefended, Scorer scorer, @Nullable DetectionThreshold threshold) {

  /** A model that only classifies, defended or not. */
  public static Subject classifier(String name, boolean undefended, Target target) {
    return new Subject(name, undefended, images -> new Scores(target.logits(images), null), null);
  }

  /** A defended model with its detector. */
  public static Subject defended(String name, FusedModel model, DetectionThreshold threshold) {
    return new Subject(
        name,
        false,
        images -> {
          DefenceTarget.Output output = model.forward(images);
          return new Scores(output.fused().logits(), output.detection());
        },
        threshold);
  }

  /** From pixels to what is judged. */
  @FunctionalInterface
  public interface Scorer {
    /**
     * Scores images in evaluation mode.
     *
     * @param images (N, 3, H, W)
     */
    Scores score(NDArray images);
  }

  /**
   * What a model says, owned by the manager of the images.
   *
   * @param logits (N, C)
   * @param detection (N), the higher the more suspect; null where nothing detects
   */
  public record Scores(NDArray logits, @Nullable NDArray detection) {}
}
