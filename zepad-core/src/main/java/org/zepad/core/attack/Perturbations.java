package org.zepad.core.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.tensor.TensorOps;

/** Universal perturbations on images. */
public final class Perturbations {
  private Perturbations() {}

  /**
   * Applies a perturbation to images, resized bilinearly to their size. A change is cut to the
   * budget again, since resizing may overshoot it, added, and the sum clamped to [0, 1]; a patch
   * replaces the pixels that its mask covers, see {@link Patches}.
   *
   * @param images (N, 3, H, W) in [0, 1]; not changed
   * @return (N, 3, H, W) in [0, 1], owned by the manager of the images
   */
  public static NDArray apply(Perturbation perturbation, NDArray images, TensorOps ops) {
    NDManager owner = images.getManager();
    try (NDManager scope = owner.newSubManager()) {
      NDArray result =
          perturbation.mask() == null
              ? images.add(fit(perturbation, images, ops, scope))
              : Patches.paste(perturbation, perturbation.mask(), images, ops, scope);
      result.attach(scope);
      NDArray pixels = result.clip(0f, 1f);
      pixels.attach(owner);
      return pixels;
    }
  }

  /** The change (1, 3, H, W) as it is added to images of that size, in the scope. */
  private static NDArray fit(
      Perturbation perturbation, NDArray images, TensorOps ops, NDManager scope) {
    return project(
        resized(perturbation.delta(), images.getShape(), ops, scope), perturbation.budget());
  }

  /**
   * Planes (C, S, S) resized to images.
   *
   * @param like (..., H, W)
   * @return (1, C, H, W), in the scope
   */
  public static NDArray resized(NDArray planes, Shape like, TensorOps ops, NDManager scope) {
    int height = (int) like.get(like.dimension() - 2);
    int width = (int) like.get(like.dimension() - 1);
    NDArray batch = planes.expandDims(0);
    batch.attach(scope);
    boolean fits = batch.getShape().get(2) == height && batch.getShape().get(3) == width;
    return fits ? batch : ops.resize(batch, height, width);
  }

  /**
   * The nearest change within a budget that is a norm's ball.
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
        case L0 -> {
          try (NDArray absolute = changes.abs();
              NDArray most = absolute.max(new int[] {1});
              NDArray changed = most.gt(0);
              NDArray flat = changed.reshape(changes.getShape().get(0), -1);
              NDArray numbers = flat.toType(DataType.FLOAT32, false)) {
            yield numbers.mean(new int[] {1});
          }
        }
      };
    }
  }
}
