package org.zepad.core.evaluate;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.attack.Target;
import org.zepad.core.detect.DetectionThreshold;

/**
 * A model whose figures are wanted.
 *
 * @param info what is known of it
 * @param scorer the model as it is judged
 * @param target the same model as an attacker sees it
 */
public record Subject(SubjectInfo info, Scorer scorer, Target target) {

  /** A model that only classifies, defended or not. */
  public static Subject classifier(String name, boolean undefended, Target target) {
    return new Subject(
        new SubjectInfo(name, undefended, null, List.of()),
        images -> new Scores(target.logits(images), null, null),
        target);
  }

  /** A defended model with its detector. */
  public static Subject defended(String name, FusedModel model, DetectionThreshold threshold) {
    return new Subject(
        new SubjectInfo(
            name,
            false,
            threshold,
            model.branches().stream()
                .map(branch -> new SubjectInfo.BranchInfo(branch.name(), branch.role()))
                .toList()),
        images -> {
          DefenceTarget.Output output = model.forward(images);
          return new Scores(
              output.fused().logits(), output.detection(), output.fused().confidences());
        },
        model);
  }

  /** How the result calls it. */
  public String name() {
    return info.name();
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
   * @param confidences (N, B) of the branches that {@link SubjectInfo} names; null where it names
   *     none
   */
  public record Scores(
      NDArray logits, @Nullable NDArray detection, @Nullable NDArray confidences) {}
}
