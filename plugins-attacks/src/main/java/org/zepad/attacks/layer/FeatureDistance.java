package org.zepad.attacks.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.zepad.attacks.universal.Objective;
import org.zepad.attacks.universal.Scene;

/**
 * How far a perturbation moves what the encoder makes of images (SSP):
 *
 * <pre>
 * mean over x of |F(x + delta) - F(x)|^2
 * </pre>
 *
 * the squared Euclidean distance, of features or summed over inner layers. Its gradient at delta =
 * 0 is zero, so that it needs the random start.
 *
 * @param outputs of images
 */
record FeatureDistance(Function<NDArray, List<NDArray>> outputs) implements Objective {

  static FeatureDistance of(SspOptions options, Scene scene) {
    NDManager scope = scene.scope();
    if (options.layers().isEmpty()) {
      UnaryOperator<NDArray> features = scene.victim().evaluator(scope);
      return new FeatureDistance(images -> List.of(features.apply(images)));
    }
    List<String> layers = scene.layers(options.layers(), all -> all);
    return new FeatureDistance(scene.victim().activations(layers, scope));
  }

  @Override
  public Step on(Batch batch) {
    List<NDArray> clean = outputs.apply(batch.images());
    return new Step(batch.images(), x -> distance(outputs.apply(x), clean));
  }

  private static NDArray distance(List<NDArray> perturbed, List<NDArray> clean) {
    NDArray sum = distance(perturbed.get(0), clean.get(0));
    for (int i = 1; i < clean.size(); i++) {
      sum = sum.add(distance(perturbed.get(i), clean.get(i)));
    }
    return sum;
  }

  private static NDArray distance(NDArray perturbed, NDArray clean) {
    NDArray squares = perturbed.sub(clean).square();
    return squares.reshape(squares.getShape().get(0), -1).sum(new int[] {1}).mean();
  }
}
