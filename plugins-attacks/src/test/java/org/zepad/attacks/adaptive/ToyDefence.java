package org.zepad.attacks.adaptive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.attack.FeatureTarget;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.tensor.Scalars;

/**
 * Linear branches for images of 3 x 8 x 8 pixels and four classes, fused by confidence, of which
 * the last one, more brittle than the others, is the detector's yardstick.
 *
 * @param weights (192, 4) of each branch
 * @param threshold of the detection score
 * @param detached whether gradients stop at the weights of the fusion, as they should not
 */
record ToyDefence(List<NDArray> weights, OptionalDouble threshold, boolean detached)
    implements DefenceTarget {
  private static final int CLASSES = 4;
  private static final int PIXELS = 192;
  private static final double[] STEEPNESS = {50, 50, 20};
  private static final double[] BRITTLENESS = {2, 2.5, 3};

  /** Images (N, 3, 8, 8) with their classes. */
  record Data(NDArray images, NDArray labels) {}

  /** Two steady branches and a brittle one, without threshold. */
  static ToyDefence of(NDManager manager) {
    float[] patterns = patterns();
    SplittableRandom random = new SplittableRandom(12);
    List<NDArray> weights = new ArrayList<>();
    for (int b = 0; b < 3; b++) {
      float[] values = new float[patterns.length];
      for (int i = 0; i < values.length; i++) {
        double quirk = BRITTLENESS[b] * random.nextGaussian();
        values[i % PIXELS * CLASSES + i / PIXELS] =
            (float) (STEEPNESS[b] / PIXELS * (patterns[i] + quirk));
      }
      weights.add(manager.create(values, new Shape(PIXELS, CLASSES)));
    }
    return new ToyDefence(weights, OptionalDouble.empty(), false);
  }

  /** Each image is the faint pattern of its class, in noise. */
  static Data data(int count, NDManager manager) {
    float[] patterns = patterns();
    SplittableRandom random = new SplittableRandom(13);
    float[] pixels = new float[count * PIXELS];
    long[] labels = new long[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % CLASSES;
      for (int d = 0; d < PIXELS; d++) {
        float pattern = patterns[(int) labels[i] * PIXELS + d];
        pixels[i * PIXELS + d] = (float) (0.5 + 0.1 * pattern + 0.05 * random.nextGaussian());
      }
    }
    return new Data(
        manager.create(pixels, new Shape(count, 3, 8, 8)).clip(0, 1), manager.create(labels));
  }

  private static float[] patterns() {
    SplittableRandom random = new SplittableRandom(11);
    float[] patterns = new float[CLASSES * PIXELS];
    for (int i = 0; i < patterns.length; i++) {
      patterns[i] = random.nextBoolean() ? 1 : -1;
    }
    return patterns;
  }

  ToyDefence withThreshold(double value) {
    return new ToyDefence(weights, OptionalDouble.of(value), detached);
  }

  ToyDefence withDetachedWeights() {
    return new ToyDefence(weights, threshold, true);
  }

  /** One linear branch; its features are the pixels. */
  record Branch(NDArray weight) implements FeatureTarget {
    @Override
    public NDArray features(NDArray images) {
      return images.reshape(images.getShape().get(0), -1).sub(0.5);
    }

    @Override
    public NDArray logits(NDArray images) {
      return features(images).matMul(weight);
    }
  }

  @Override
  public List<Branch> branches() {
    return weights.stream().map(Branch::new).toList();
  }

  @Override
  public NDArray logits(NDArray images) {
    return forward(images).fused().logits();
  }

  @Override
  public NDArray features(NDArray images) {
    return NDArrays.concat(
        new NDList(branches().stream().map(b -> b.features(images)).toList()), 1);
  }

  @Override
  public Output forward(NDArray images) {
    NDArray logits =
        NDArrays.stack(new NDList(branches().stream().map(b -> b.logits(images)).toList()));
    NDArray first = logits.argMax(2).expandDims(2);
    NDArray sure = logits.softmax(2).gather(first, 2).squeeze(2);
    NDArray confidences = sure.mul(Scalars.times(sure.sub(0.5), 3).exp()).transpose();
    NDArray shares = confidences.div(confidences.sum(new int[] {1}, true));
    NDArray used = detached ? shares.stopGradient() : shares;
    NDArray fused = logits.mul(used.transpose().expandDims(2)).sum(new int[] {0});
    NDArray steady = confidences.get(":,0").maximum(confidences.get(":,1"));
    return new Output(
        logits, new Fusion.Fused(fused, confidences, shares), steady.sub(confidences.get(":,2")));
  }
}
