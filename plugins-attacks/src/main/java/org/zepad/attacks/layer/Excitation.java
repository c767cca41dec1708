package org.zepad.attacks.layer;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Function;
import org.zepad.attacks.universal.Objective;
import org.zepad.attacks.universal.Scene;

/**
 * How strongly the perturbation alone excites all layers (fast feature fool):
 *
 * <pre>
 * log product over k of mean |f_k(delta)| = sum over k of log mean |f_k(delta)|
 * </pre>
 *
 * The paper takes the mean activation, of layers after their ReLU; the magnitude is the same there,
 * and also serves layers whose entries have signs.
 *
 * @param activations of the layers
 */
record Excitation(Function<NDArray, List<NDArray>> activations) implements Objective {
  /** Keeps the logarithm finite for a layer that is silent. */
  private static final float TINY = 1e-12f;

  static Excitation of(FastFeatureFoolOptions options, Scene scene) {
    List<String> layers = scene.layers(options.layers(), all -> all);
    return new Excitation(scene.victim().activations(layers, scene.scope()));
  }

  @Override
  public Step on(Batch batch) {
    return new Step(batch.images(), x -> logProduct(activations.apply(x)));
  }

  private static NDArray logProduct(List<NDArray> outputs) {
    NDArray sum = logMean(outputs.get(0));
    for (NDArray further : outputs.subList(1, outputs.size())) {
      sum = sum.add(logMean(further));
    }
    return sum;
  }

  private static NDArray logMean(NDArray output) {
    return output.abs().mean().add(TINY).log();
  }
}
