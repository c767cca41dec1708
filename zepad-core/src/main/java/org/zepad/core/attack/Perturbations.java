package org.zepad.core.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.tensor.TensorOps;

/** Universal perturbations on images. */
public final class Perturbations {
  private Perturbations() {}

  /**
   * Adds a perturbation to images: resized bilinearly to their size, cut to the budget again, since
   * resizing may overshoot it, added, and the sum clamped to [0, 1].
   *
   * @param images (N, 3, H, W) in [0, 1]; not changed
   * @return (N, 3, H, W) in [0, 1], owned by the manager of the images
   */
  public static NDArray apply(Perturbation perturbation, NDArray images, TensorOps ops) {
    NDManager owner = images.getManager();
    try (NDManager scope = owner.newSubManager()) {
      NDArray sum = images.add(fit(perturbation, images, ops, scope));
      sum.attach(scope);
      NDArray result = sum.clip(0f, 1f);
      result.attach(owner);
      return result;
    }
  }

  /** The perturbation (1, 3, H, W) as it is added to images of that size, in the scope. */
  private static NDArray fit(
      Perturbation perturbation, NDArray images, TensorOps ops, NDManager scope) {
    int height = (int) images.getShape().get(2);
    int width = (int) images.getShape().get(3);
    NDArray delta = perturbation.delta().expandDims(0);
    delta.attach(scope);
    boolean fits = delta.getShape().get(2) == height && delta.getShape().get(3) == width;
    return project(fits ? delta : ops.resize(delta, height, width), perturbation.budget());
  }

  /**
   * The nearest perturbation within a budget.
   *
   * @param changes (N, 3, H, W) in pixel units; not changed
   * @return the same shape, in the same manager
   */
  static NDArray project(NDArray changes, Budget budget) {
    if (budget.norm() == Norm.LINF) {
      return changes.clip((float) -budget.epsilon(), (float) budget.epsilon());
    }
    try (NDArray sizes = sizes(changes, Norm.L2);
        NDArray atLeast = sizes.maximum((float) budget.epsilon());
        NDArray safe = atLeast.maximum(Float.MIN_NORMAL);
        NDArray share = safe.getManager().create((float) budget.epsilon()).div(safe);
        NDArray column = share.reshape(-1, 1, 1, 1)) {
      return changes.mul(column);
    }
  }

  /**
   * The size of each change.
   *
   * @param changes (N, 3, H, W)
   * @return (N), in the same manager
   */
  static NDArray sizes(NDArray changes, Norm norm) {
    try (NDArray rows = changes.reshape(changes.getShape().get(0), -1)) {
      return switch (norm) {
        case LINF -> {
          try (NDArray absolute = rows.abs()) {
            yield absolute.max(new int[] {1});
          }
        }
        case L2 -> rows.norm(new int[] {1});
      };
    }
  }
}
