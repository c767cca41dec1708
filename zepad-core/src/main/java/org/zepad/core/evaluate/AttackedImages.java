package org.zepad.core.evaluate;

import ai.djl.ndarray.NDArray;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Norm;
import org.zepad.api.dataset.ImageBatches;

/** Makes attacked images and refuses what breaks the rules of the attack's budget. */
final class AttackedImages {
  /** Float32 rounding of a sum of two pixels. */
  private static final double SLACK = 1e-6;

  private AttackedImages() {}

  /**
   * The attacked images of a batch.
   *
   * @return (N, 3, H, W), owned by the manager of the batch's images
   * @throws IllegalStateException if a plugin's attack leaves its budget or the range of pixels
   */
  static NDArray of(
      AttackRun attack, ImageBatches.Batch batch, Arithmetic arithmetic, RunContext context) {
    if (attack instanceof AttackRun.Universal universal) {
      return universal(universal, batch.images(), arithmetic, context);
    }
    AttackRun.PerSample sample = (AttackRun.PerSample) attack;
    // The seed hangs on the images alone, so that a run that is repeated sees the same attack.
    try (RunContext part = context.child("attack-" + batch.indices()[0])) {
      NDArray attacked =
          sample.attack().perturb(sample.target(), batch.images(), batch.labels(), part);
      attacked.attach(batch.images().getManager());
      requireRange(attack, attacked);
      requireBudget(attack, batch.images(), attacked);
      return attacked;
    }
  }

  private static NDArray universal(
      AttackRun.Universal attack, NDArray images, Arithmetic arithmetic, RunContext context) {
    NDArray delta = attack.perturbation().delta().expandDims(0);
    delta.attach(images.getManager());
    int height = (int) images.getShape().get(2);
    int width = (int) images.getShape().get(3);
    if (delta.getShape().get(2) != height || delta.getShape().get(3) != width) {
      delta = context.ops().resize(delta, height, width);
    }
    NDArray sum = images.add(delta);
    if (arithmetic == Arithmetic.REFERENCE) {
      return sum;
    }
    NDArray attacked = sum.clip(0, 1);
    requireRange(attack, attacked);
    requireBudget(attack, images, attacked);
    return attacked;
  }

  private static void requireRange(AttackRun attack, NDArray attacked) {
    float low = attacked.min().getFloat();
    float high = attacked.max().getFloat();
    // Written so that NaN fails.
    if (!(low >= 0 && high <= 1)) {
      throw new IllegalStateException(
          "attack '"
              + attack.name()
              + "' returned pixels from "
              + low
              + " to "
              + high
              + ", which must lie in [0, 1]");
    }
  }

  private static void requireBudget(AttackRun attack, NDArray images, NDArray attacked) {
    NDArray change = attacked.sub(images);
    boolean linf = attack.budget().norm() == Norm.LINF;
    NDArray size =
        linf ? change.abs().max() : change.square().sum(new int[] {1, 2, 3}).max().sqrt();
    // A Euclidean length gathers the rounding of every pixel.
    double slack = linf ? SLACK : 1e-4 * (1 + attack.budget().epsilon());
    if (!(size.getFloat() <= attack.budget().epsilon() + slack)) {
      throw new IllegalStateException(
          "attack '"
              + attack.name()
              + "' changed an image by "
              + size.getFloat()
              + " where its budget is "
              + attack.budget().norm()
              + " "
              + attack.budget().epsilon());
    }
  }
}
