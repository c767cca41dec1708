package org.zepad.attacks.universal;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.TinyConvolutions;

/** A tiny encoder, a few images of two kinds that keep away from black and white, and a context. */
public final class TinyScene implements AutoCloseable {
  public static final int IMAGES = 8;
  public static final int SIDE = 12;
  public static final double EPSILON = 0.05;

  public final RunContext context;
  public final TinyConvolutions victim;
  public final FixedImages images;

  public TinyScene() {
    context = RunContexts.root(5, Device.cpu(), Progress.silent());
    victim = new TinyConvolutions(context);
    images = images(context.manager(), 11);
  }

  /** Stripes across and stripes down, with noise. */
  static FixedImages images(NDManager manager, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[IMAGES * 3 * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      int image = i / (3 * SIDE * SIDE);
      int position = image % 2 == 0 ? i % SIDE : i / SIDE % SIDE;
      pixels[i] = 0.35f + 0.2f * (position / 2 % 2) + 0.1f * random.nextFloat();
    }
    return new FixedImages(manager.create(pixels, new Shape(IMAGES, 3, SIDE, SIDE)));
  }

  /** What a crafting begins with. */
  public Scene scene() {
    NDManager scope = context.manager();
    StateDict state = new StateDict(scope);
    SplittableRandom random = new SplittableRandom(3);
    state.buffer(Scene.PERTURBATION, new Ball(EPSILON).uniform(random, SIDE, scope));
    return new Scene("test", victim, images, state, random, scope, context.ops());
  }

  /** All images as one batch. */
  public Objective.Batch batch() {
    return new Objective.Batch(
        context.ops().detach(images.images()),
        IntStream.range(0, IMAGES).toArray(),
        new SplittableRandom(17));
  }

  /** The same numbers as they are, one row an image. */
  public static double[][] rows(NDArray images) {
    float[] values = images.toFloatArray();
    double[][] rows = new double[(int) images.getShape().get(0)][];
    int length = values.length / rows.length;
    for (int i = 0; i < rows.length; i++) {
      int from = i * length;
      rows[i] = IntStream.range(from, from + length).mapToDouble(p -> values[p]).toArray();
    }
    return rows;
  }

  /** Images plus a change, (3, S, S) or (1, 3, S, S), clamped to [0, 1]. */
  public static double[][] perturbed(double[][] images, double[] delta) {
    double[][] sums = new double[images.length][delta.length];
    for (int i = 0; i < images.length; i++) {
      for (int p = 0; p < delta.length; p++) {
        sums[i][p] = Math.max(0, Math.min(1, images[i][p] + delta[p]));
      }
    }
    return sums;
  }

  /** Signs drawn at random, times the budget. */
  public static double[] noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, 3 * SIDE * SIDE)
        .mapToDouble(i -> random.nextBoolean() ? EPSILON : -EPSILON)
        .toArray();
  }

  @Override
  public void close() {
    context.close();
  }
}
