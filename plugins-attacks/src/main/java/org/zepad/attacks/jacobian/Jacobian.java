package org.zepad.attacks.jacobian;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.zepad.api.tensor.TensorOps;

/**
 * Products with the Jacobian of hidden layers by the pixels, without the matrix.
 *
 * <p>J^T u is an exact gradient. J v would take forward-mode differentiation, or a second
 * back-propagation through the first, neither of which the engine offers here; it is the central
 * difference (f(x + h v) - f(x - h v)) / 2h instead. In float32 its rounding is about 1e-7 |f| / h;
 * the network is linear but for units that cross the kink of their ReLU within h, a share that
 * grows with h. On a tiny network the error of all is 4 % of J v at h = 0.001, 1 % at 0.0001 and
 * 0.3 % at 0.00001. Images are not clamped for it.
 *
 * @param activations of the layers
 * @param difference h, in pixel units for a v whose largest entry is 1
 */
record Jacobian(Function<NDArray, List<NDArray>> activations, double difference, TensorOps ops) {

  /**
   * J(x) v for each image.
   *
   * @param direction v, (1, 3, S, S)
   * @param images (N, 3, S, S)
   * @return for each layer (N, ...), in the manager of the images
   */
  List<NDArray> times(NDArray direction, NDArray images) {
    NDManager scope = images.getManager();
    NDArray step = scope.create((float) difference).mul(direction);
    List<NDArray> ahead = activations.apply(images.add(step));
    List<NDArray> behind = activations.apply(images.sub(step));
    NDArray width = scope.create((float) (2 * difference));
    List<NDArray> products = new ArrayList<>();
    for (int i = 0; i < ahead.size(); i++) {
      products.add(ahead.get(i).sub(behind.get(i)).div(width));
    }
    return products;
  }

  /**
   * The sum over the images of J(x)^T u(x).
   *
   * @param duals u for each layer, (N, ...)
   * @param images (N, 3, S, S)
   * @return (1, 3, S, S), in the manager of the images
   */
  NDArray transposedTimes(List<NDArray> duals, NDArray images) {
    return ops.gradient(images, x -> product(activations.apply(x), duals))
        .gradient()
        .sum(new int[] {0}, true);
  }

  private static NDArray product(List<NDArray> outputs, List<NDArray> duals) {
    NDArray sum = outputs.get(0).mul(duals.get(0)).sum();
    for (int i = 1; i < duals.size(); i++) {
      sum = sum.add(outputs.get(i).mul(duals.get(i)).sum());
    }
    return sum;
  }
}
