package org.zepad.attacks.query;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.attacks.ascent.Margins;

/**
 * The square attack (Andriushchenko et al. 2020, algorithms 1 and 2). Each image begins with
 * vertical stripes; then, query by query, a random square of every channel goes to one end of what
 * its pixels may be, and stays there if the margin of the greatest wrong logit over the right one
 * has grown. Each image has squares of its own; one that is fooled is asked about no more.
 *
 * <p>Images that the model gets wrong anyway are left alone; where nothing is better than the image
 * itself, the image is returned.
 *
 * @param budget an L-infinity ball
 * @param queries how often the model is asked about an image at most: once about the image, once
 *     about the stripes, then about squares
 * @param firstShare the share of the pixels that the first squares cover, in [0, 1]
 */
record Square(Budget budget, int queries, double firstShare) implements SampleAttack {

  @Override
  public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
    Shape shape = images.getShape();
    List<SquaredImage> all = split(images, labels);
    List<SquaredImage> open = new ArrayList<>(all);
    SplittableRandom random = context.random();
    NDManager owner = images.getManager();
    for (int i = 0; i < queries && !open.isEmpty(); i++) {
      if (i == 1) {
        open.forEach(image -> image.tryStripes(random));
      } else if (i > 1) {
        int side = side(shareAt(i - 2, queries - 2, firstShare), shape);
        open.forEach(image -> image.trySquare(side, random));
      }
      float[] margins = ask(target, open, shape, owner);
      for (int j = 0; j < margins.length; j++) {
        open.get(j).answer(margins[j]);
      }
      open.removeIf(SquaredImage::fooled);
    }
    return owner.create(join(all.stream().map(SquaredImage::best).toList()), shape);
  }

  /**
   * The share of the pixels that a square covers: halved after 10, 50, 200, 500, 1000, 2000, 4000,
   * 6000 and 8000 of 10000 squares, and in proportion for another number of them.
   */
  static double shareAt(int square, int squares, double first) {
    int[] stages = {10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000};
    long at = square * 10000L / squares;
    double share = first;
    for (int stage : stages) {
      if (at > stage) {
        share /= 2;
      }
    }
    return share;
  }

  /** The side in pixels of a square that covers a share of an image, at least 1. */
  private static int side(double share, Shape shape) {
    long height = shape.get(2);
    long width = shape.get(3);
    long side = Math.round(Math.sqrt(share * height * width));
    return (int) Math.max(1, Math.min(side, Math.min(height, width)));
  }

  private List<SquaredImage> split(NDArray images, NDArray labels) {
    Shape shape = images.getShape();
    float[] pixels = images.toFloatArray();
    long[] classes = labels.toLongArray();
    int size = (int) (shape.get(1) * shape.get(2) * shape.get(3));
    List<SquaredImage> parts = new ArrayList<>();
    for (int i = 0; i < classes.length; i++) {
      float[] own = Arrays.copyOfRange(pixels, i * size, (i + 1) * size);
      parts.add(
          new SquaredImage(
              own, (int) shape.get(2), (int) shape.get(3), (float) budget.epsilon(), classes[i]));
    }
    return parts;
  }

  private static float[] ask(Target target, List<SquaredImage> open, Shape shape, NDManager owner) {
    try (NDManager query = owner.newSubManager()) {
      Shape batch = new Shape(open.size(), shape.get(1), shape.get(2), shape.get(3));
      NDArray points =
          query.create(join(open.stream().map(SquaredImage::candidate).toList()), batch);
      long[] classes = open.stream().mapToLong(SquaredImage::label).toArray();
      return Margins.of(target.logits(points), query.create(classes));
    }
  }

  private static float[] join(List<float[]> parts) {
    int size = parts.get(0).length;
    float[] all = new float[parts.size() * size];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i), 0, all, i * size, size);
    }
    return all;
  }
}
