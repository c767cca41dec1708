package org.zepad.attacks.layer;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Function;
import org.zepad.attacks.universal.Depth;
import org.zepad.attacks.universal.Objective;
import org.zepad.attacks.universal.Scene;

/**
 * How flat a perturbation makes the activations of a layer (dispersion reduction):
 *
 * <pre>
 * -mean over x of std(f_k(x + delta))
 * </pre>
 *
 * with the standard deviation over all entries of an image's activation map, summed over the layers
 * where several are named.
 */
final class Flattening implements Objective {
  /** Keeps the gradient of the root finite for a layer that is flat already. */
  private static final float TINY = 1e-12f;

  private final Function<NDArray, List<NDArray>> activations;

  Flattening(DispersionReductionOptions options, Scene scene) {
    List<String> layers = scene.layers(options.layers(), all -> List.of(Depth.HIGH.of(all)));
    activations = scene.victim().activations(layers, scene.scope());
  }

  @Override
  public Step on(Batch batch) {
    return new Step(batch.images(), x -> dispersion(activations.apply(x)).neg());
  }

  private static NDArray dispersion(List<NDArray> outputs) {
    NDArray sum = deviation(outputs.get(0));
    for (NDArray further : outputs.subList(1, outputs.size())) {
      sum = sum.add(deviation(further));
    }
    return sum;
  }

  /** The mean over images of the standard deviation. */
  private static NDArray deviation(NDArray output) {
    NDArray rows = output.reshape(output.getShape().get(0), -1);
    NDArray centred = rows.sub(rows.mean(new int[] {1}, true));
    return centred.square().mean(new int[] {1}).add(TINY).sqrt().mean();
  }
}
