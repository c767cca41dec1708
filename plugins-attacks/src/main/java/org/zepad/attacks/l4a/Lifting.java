package org.zepad.attacks.l4a;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Function;
import org.zepad.api.tensor.Scalars;
import org.zepad.attacks.universal.Depth;
import org.zepad.attacks.universal.Objective;
import org.zepad.attacks.universal.Scene;

/**
 * The mean square of layers' activations of perturbed images (L4A):
 *
 * <pre>
 * base = mean over x of |f_k(x + delta)|^2
 * fuse = mean over x of |f_k1(x + delta)|^2 + lambda |f_k2(x + delta)|^2
 * </pre>
 *
 * where |.|^2 is the squared Frobenius norm over the number of entries, so that lambda does not
 * depend on the layers' sizes, as in the public code.
 *
 * @param activations of the layers
 * @param lambda weight of every layer but the first
 */
record Lifting(Function<NDArray, List<NDArray>> activations, double lambda) implements Objective {

  static Lifting base(L4aBaseOptions options, Scene scene) {
    List<String> layers = scene.layers(options.layers(), all -> List.of(Depth.LOW.of(all)));
    return new Lifting(scene.victim().activations(layers, scene.scope()), 1);
  }

  static Lifting fuse(L4aFuseOptions options, Scene scene) {
    List<String> layers =
        scene.layers(options.layers(), all -> List.of(Depth.LOW.of(all), Depth.MIDDLE.of(all)));
    return new Lifting(scene.victim().activations(layers, scene.scope()), options.lambda());
  }

  @Override
  public Step on(Batch batch) {
    return new Step(batch.images(), x -> weighted(activations.apply(x)));
  }

  private NDArray weighted(List<NDArray> outputs) {
    NDArray sum = meanSquare(outputs.get(0));
    for (NDArray further : outputs.subList(1, outputs.size())) {
      sum = sum.add(Scalars.times(meanSquare(further), lambda));
    }
    return sum;
  }

  /** The mean square of the entries. */
  static NDArray meanSquare(NDArray output) {
    return output.square().mean();
  }
}
