package org.zepad.core.evaluate;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.zepad.api.attack.FeatureTarget;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Encoder;
import org.zepad.core.head.Head;

/**
 * One branch with its head for a task: an undefended model by itself.
 *
 * @param name unique within the model
 * @param role what the branch is for
 * @param encoder its encoder, owned by whoever made it
 * @param evaluator the encoder in evaluation mode, {@link Encoder#evaluator}, which branches of
 *     several tasks may share
 * @param head its head, owned by whoever made it
 */
public record HeadedBranch(
    String name, Role role, Encoder encoder, UnaryOperator<NDArray> evaluator, Head head)
    implements FeatureTarget {
  public HeadedBranch {
    if (encoder.featureDim() != head.features()) {
      throw new IllegalArgumentException(
          "branch '"
              + name
              + "': the encoder gives "
              + encoder.featureDim()
              + " features, the head takes "
              + head.features());
    }
  }

  @Override
  public NDArray logits(NDArray images) {
    return head.logits(features(images), false);
  }

  @Override
  public NDArray features(NDArray images) {
    return evaluator.apply(images);
  }
}
