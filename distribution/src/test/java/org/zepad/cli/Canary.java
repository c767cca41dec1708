package org.zepad.cli;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.zepad.api.attack.FeatureTarget;
import org.zepad.api.tensor.Scalars;

/**
 * A classifier that compares an image with the pattern of each class, with something done to its
 * input or to its logits.
 *
 * @param weight (D, C)
 * @param before done to images (N, 3, S, S)
 * @param after done to logits (N, C)
 */
record Canary(NDArray weight, UnaryOperator<NDArray> before, UnaryOperator<NDArray> after)
    implements FeatureTarget {

  /** The classifier as it is: logits of a few units. */
  static Canary plain(CanaryImages images) {
    return new Canary(
        images.patterns().transpose().div(images.patterns().getShape().get(1)), x -> x, x -> x);
  }

  Canary before(UnaryOperator<NDArray> change) {
    return new Canary(weight, change, after);
  }

  Canary after(UnaryOperator<NDArray> change) {
    return new Canary(weight, before, change);
  }

  @Override
  public NDArray features(NDArray images) {
    NDArray seen = before.apply(images);
    return Scalars.times(seen.sub(CanaryImages.GREY), 60)
        .tanh()
        .reshape(seen.getShape().get(0), -1);
  }

  @Override
  public NDArray logits(NDArray images) {
    return after.apply(Scalars.times(features(images).matMul(weight), 5));
  }
}
