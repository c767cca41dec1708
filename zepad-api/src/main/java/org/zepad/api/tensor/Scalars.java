package org.zepad.api.tensor;

import ai.djl.ndarray.NDArray;
import java.util.function.BinaryOperator;

/**
 * Arithmetic with plain numbers that is safe while gradients are recorded.
 *
 * <p>{@code NDArray.mul(Number)}, {@code div}, {@code pow}, {@code minimum} and {@code maximum} are
 * not: the engine wraps the number in Java's memory, the recorded graph keeps a bare pointer to it,
 * and the garbage collector may free it before back-propagation reads it. The gradient is then
 * silently garbage, now and then. {@code add}, {@code sub} and {@code clip} are safe; so is
 * everything outside of a recording. The same holds for an array made from Java numbers that is
 * closed before back-propagation.
 */
public final class Scalars {
  private Scalars() {}

  /** x k, as {@code x.mul(k)}. */
  public static NDArray times(NDArray x, double k) {
    return with(x, k, NDArray::mul);
  }

  /** x / k, as {@code x.div(k)}. */
  public static NDArray over(NDArray x, double k) {
    return with(x, k, NDArray::div);
  }

  /** The larger of x and k, entry by entry. */
  public static NDArray atLeast(NDArray x, double k) {
    return with(x, k, NDArray::maximum);
  }

  /** The smaller of x and k, entry by entry. */
  public static NDArray atMost(NDArray x, double k) {
    return with(x, k, NDArray::minimum);
  }

  private static NDArray with(NDArray x, double k, BinaryOperator<NDArray> operation) {
    // The copy lies in the engine's memory, which the graph shares instead of pointing into ours.
    try (NDArray javas = x.getManager().create(k);
        NDArray number = javas.duplicate()) {
      return operation.apply(x, number);
    }
  }
}
