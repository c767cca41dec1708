package org.zepad.attacks.ascent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;

/**
 * A Euclidean ball around each image. Its projection shortens the change and then cuts the pixels
 * to [0, 1], which only shortens it further: within both, though not always the nearest such point.
 *
 * @param centre the images, owned by whoever made them
 * @param epsilon the radius, in pixel units over a whole image
 */
record L2Ball(NDArray centre, double epsilon) implements Ball {

  @Override
  public NDArray project(NDArray x) {
    NDManager owner = x.getManager();
    try (NDManager scope = owner.newSubManager()) {
      NDArray change = x.sub(centre);
      change.attach(scope);
      NDArray longest =
          lengths(change).maximum((float) epsilon).maximum(Float.MIN_NORMAL).reshape(-1, 1, 1, 1);
      NDArray share = scope.create((float) epsilon).div(longest);
      NDArray point = change.mul(share).add(centre).clip(0f, 1f);
      point.attach(owner);
      return point;
    }
  }

  /** A normal direction and a radius epsilon u^(1/D) are uniform in the ball of D dimensions. */
  @Override
  public NDArray uniform(SplittableRandom random, NDManager scope) {
    int images = Math.toIntExact(centre.getShape().get(0));
    int dimensions = Math.toIntExact(centre.size() / Math.max(1, images));
    float[] changes = new float[images * dimensions];
    for (int i = 0; i < images; i++) {
      double[] direction = new double[dimensions];
      double square = 0;
      for (int d = 0; d < dimensions; d++) {
        direction[d] = random.nextGaussian();
        square += direction[d] * direction[d];
      }
      double radius = epsilon * Math.pow(random.nextDouble(), 1.0 / dimensions);
      double share = square == 0 ? 0 : radius / Math.sqrt(square);
      for (int d = 0; d < dimensions; d++) {
        changes[i * dimensions + d] = (float) (share * direction[d]);
      }
    }
    try (NDArray change = scope.create(changes, centre.getShape());
        NDArray moved = change.add(centre)) {
      return project(moved);
    }
  }

  @Override
  public NDArray direction(NDArray gradient) {
    NDManager owner = gradient.getManager();
    try (NDManager scope = owner.newSubManager()) {
      NDArray size = gradient.abs();
      size.attach(scope);
      // Twice, since the squares of a confident image's gradient underflow.
      NDArray largest = rows(size).max(new int[] {1}).maximum(Float.MIN_NORMAL);
      NDArray scaled = gradient.div(largest.reshape(-1, 1, 1, 1));
      scaled.attach(scope);
      NDArray direction = scaled.div(lengths(scaled).maximum(1f).reshape(-1, 1, 1, 1));
      direction.attach(owner);
      return direction;
    }
  }

  private static NDArray lengths(NDArray changes) {
    return rows(changes).norm(new int[] {1});
  }

  private static NDArray rows(NDArray images) {
    return images.reshape(images.getShape().get(0), -1);
  }
}
