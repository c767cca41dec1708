package org.zepad.core.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.core.attack.AssertingAttacks;
import org.zepad.core.attack.Perturbations;

/** Makes attacked images and refuses what breaks the rules of the attack's budget. */
final class AttackedImages {
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
      return arithmetic == Arithmetic.SOUND
          ? AssertingAttacks.requireSound(
              attack.name(),
              batch.images(),
              Perturbations.apply(universal.perturbation(), batch.images(), context.ops()),
              attack.budget())
          : unclamped(universal, batch.images(), context);
    }
    AttackRun.PerSample sample = (AttackRun.PerSample) attack;
    SampleAttack checked = AssertingAttacks.check(attack.name(), sample.attack());
    // The seed hangs on the images alone, so that a run that is repeated sees the same attack.
    try (RunContext part = context.child("attack-" + batch.indices()[0])) {
      NDArray attacked = checked.perturb(sample.target(), batch.images(), batch.labels(), part);
      attacked.attach(batch.images().getManager());
      return attacked;
    }
  }

  /** The plain sum, as the public research code makes it: it may leave [0, 1]. */
  private static NDArray unclamped(AttackRun.Universal attack, NDArray images, RunContext context) {
    Perturbation perturbation = attack.perturbation();
    if (perturbation.mask() != null) {
      return Perturbations.apply(perturbation, images, context.ops());
    }
    try (NDManager scope = images.getManager().newSubManager()) {
      NDArray sum =
          images.add(
              Perturbations.resized(perturbation.delta(), images.getShape(), context.ops(), scope));
      sum.attach(images.getManager());
      return sum;
    }
  }
}
