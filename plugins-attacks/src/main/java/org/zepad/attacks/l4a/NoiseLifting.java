package org.zepad.attacks.l4a;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.zepad.api.tensor.Scalars;
import org.zepad.attacks.universal.Depth;
import org.zepad.attacks.universal.Objective;
import org.zepad.attacks.universal.Scene;

/**
 * Lifting by uniform Gaussian sampling (L4A-uGS): what {@link Lifting} raises for surrogate images,
 * and the same for noise images n that imitate those of other data sets:
 *
 * <pre>
 * ugs = mean over x of |f_k(x + delta)|^2 + lambda mean over n of |f_k(n + delta)|^2
 * n ~ N(mu, sigma^2), mu ~ U(mean-low, mean-high), sigma ~ U(std-low, std-high)
 * </pre>
 *
 * with mu and sigma drawn for each colour of each noise image, and noise images drawn anew for each
 * step. In the public code lambda weighs the surrogate images instead: its 0.01 is 100 here.
 */
final class NoiseLifting implements Objective {
  private final L4aUgsOptions options;
  private final Function<NDArray, List<NDArray>> activations;

  NoiseLifting(L4aUgsOptions options, Scene scene) {
    this.options = options;
    List<String> layers = scene.layers(options.layers(), all -> List.of(Depth.LOW.of(all)));
    activations = scene.victim().activations(layers, scene.scope());
  }

  @Override
  public Step on(Batch batch) {
    NDArray images = batch.images();
    int side = (int) images.getShape().get(3);
    long count = images.getShape().get(0);
    NDArray both = images.concat(noise(batch.random(), side, images.getManager()));
    return new Step(both, x -> weighted(activations.apply(x), count));
  }

  private NDArray weighted(List<NDArray> outputs, long images) {
    NDArray sum = ofBoth(outputs.get(0), images);
    for (NDArray further : outputs.subList(1, outputs.size())) {
      sum = sum.add(ofBoth(further, images));
    }
    return sum;
  }

  private NDArray ofBoth(NDArray output, long images) {
    NDArray noise = Lifting.meanSquare(output.get(images + ":"));
    return Lifting.meanSquare(output.get(":" + images)).add(Scalars.times(noise, options.lambda()));
  }

  /** Noise images, (noiseImages, 3, side, side), clamped to [0, 1]. */
  NDArray noise(SplittableRandom random, int side, NDManager scope) {
    int plane = side * side;
    float[] pixels = new float[options.noiseImages() * 3 * plane];
    for (int from = 0; from < pixels.length; from += plane) {
      double mean = between(options.meanLow(), options.meanHigh(), random);
      double std = between(options.stdLow(), options.stdHigh(), random);
      for (int i = from; i < from + plane; i++) {
        pixels[i] = (float) Math.max(0, Math.min(1, mean + std * random.nextGaussian()));
      }
    }
    return scope.create(pixels, new Shape(options.noiseImages(), 3, side, side));
  }

  private static double between(double low, double high, SplittableRandom random) {
    return low + (high - low) * random.nextDouble();
  }
}
