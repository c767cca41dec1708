package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/**
 * Draws initial weights. The numbers come from Java's own generator, so that they depend on the
 * seed alone and not on the engine or its number of threads. Not thread-safe.
 */
public final class Initializer {
  private final SplittableRandom random;

  /** Draws from a generator, which is advanced by every draw. */
  public Initializer(SplittableRandom random) {
    this.random = random;
  }

  /** Normal numbers of mean 0 and the given standard deviation. */
  public NDArray normal(NDManager manager, double deviation, long... shape) {
    float[] values = new float[count(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return manager.create(values, new Shape(shape));
  }

  /** Uniform numbers in [-bound, bound). */
  public NDArray uniform(NDManager manager, double bound, long... shape) {
    float[] values = new float[count(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return manager.create(values, new Shape(shape));
  }

  private static int count(long... shape) {
    return Math.toIntExact(new Shape(shape).size());
  }
}
