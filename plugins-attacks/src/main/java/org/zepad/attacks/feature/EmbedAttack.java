package org.zepad.attacks.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.FeatureTarget;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.attacks.ascent.Ascent;
import org.zepad.attacks.ascent.Goal;
import org.zepad.attacks.ascent.Rank;

/**
 * Ascends the distance of an image's features from those of the clean image; labels are not read.
 * Of all points that it passes the one whose features lie farthest is kept for each image.
 *
 * @param ascent with a random start: at the image itself the distance has no slope
 * @param distance of features
 */
record EmbedAttack(Ascent ascent, FeatureDistance distance) implements SampleAttack {

  @Override
  public Budget budget() {
    return ascent.budget();
  }

  @Override
  public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
    if (!(target instanceof FeatureTarget encoder)) {
      throw ZepadException.usage(
          "embed-attack: needs a target whose features can be seen, got one that shows its logits"
              + " alone. Attack an encoder, a branch or a whole defence.");
    }
    try (NDManager scope = images.getManager().newSubManager()) {
      NDArray own = context.ops().detach(images);
      own.attach(scope);
      NDArray clean = context.ops().detach(encoder.features(own));
      clean.attach(scope);
      Goal goal =
          points -> {
            NDArray distances = distance.each(encoder.features(points), clean);
            return new Goal.Verdict(
                distances, Rank.of(context.ops().detach(distances).toFloatArray()));
          };
      return ascent.best(goal, images, scope, context).points(images.getManager());
    }
  }
}
