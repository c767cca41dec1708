package org.zepad.core.attack;

import ai.djl.ndarray.NDArray;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;

/**
 * Wraps attacks so that everything they return is checked: finite, of the right shape, in [0, 1],
 * and within the budget up to rounding. An attack that cheats cannot reach a result. The price is a
 * few reductions a batch.
 *
 * <p>A violation is a mistake of the attack, not of the user: an {@link IllegalStateException} that
 * names the attack.
 */
public final class AssertingAttacks {
  private static final double ROUNDING = 1e-6;

  private AssertingAttacks() {}

  /**
   * The attack, checked.
   *
   * @param name how to call it in messages
   */
  public static Attack check(String name, Attack attack) {
    if (attack instanceof SampleAttack sample) {
      return check(name, sample);
    }
    return check(name, (UniversalAttack) attack);
  }

  /** The attack, checked. */
  public static SampleAttack check(String name, SampleAttack attack) {
    return attack instanceof Sample ? attack : new Sample(name, attack);
  }

  /** The attack, checked. */
  public static UniversalAttack check(String name, UniversalAttack attack) {
    return attack instanceof Universal ? attack : new Universal(name, attack);
  }

  private record Sample(String name, SampleAttack attack) implements SampleAttack {
    @Override
    public Budget budget() {
      return attack.budget();
    }

    @Override
    public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
      return requireSound(name, images, attack.perturb(target, images, labels, context), budget());
    }
  }

  private record Universal(String name, UniversalAttack attack) implements UniversalAttack {
    @Override
    public Budget budget() {
      return attack.budget();
    }

    @Override
    public Perturbation craft(Encoder victim, ImageBatches surrogate, RunContext context) {
      Perturbation perturbation = attack.craft(victim, surrogate, context);
      NDArray delta = perturbation.delta();
      if (delta.getShape().dimension() != 3 || delta.getShape().get(0) != 3) {
        throw violation(name, "a perturbation of shape (3, S, S)", "shape " + delta.getShape());
      }
      if (!perturbation.budget().equals(budget())) {
        throw violation(name, "the budget " + budget(), perturbation.budget().toString());
      }
      NDArray mask = perturbation.mask();
      if (mask != null) {
        requirePatch(name, delta, mask);
      }
      try (NDArray batch = (mask == null ? delta : mask).expandDims(0)) {
        requireWithin(name, batch, budget());
      }
      return perturbation;
    }
  }

  /**
   * Checks attacked images: of the same shape as the clean ones, finite, in [0, 1], and within the
   * budget of them.
   *
   * @param name of the attack, for messages
   * @param images (N, 3, H, W)
   * @param adversarial what the attack made of them; returned
   */
  public static NDArray requireSound(
      String name, NDArray images, NDArray adversarial, Budget budget) {
    if (!adversarial.getShape().equals(images.getShape())) {
      throw violation(
          name, "images of shape " + images.getShape(), "shape " + adversarial.getShape());
    }
    double least = scalar(adversarial.min());
    double greatest = scalar(adversarial.max());
    // Written so that NaN fails, too.
    if (!(least >= 0 && greatest <= 1)) {
      throw violation(name, "finite pixels in [0, 1]", "pixels from " + least + " to " + greatest);
    }
    try (NDArray change = adversarial.sub(images)) {
      requireWithin(name, change, budget);
    }
    return adversarial;
  }

  private static void requirePatch(String name, NDArray delta, NDArray mask) {
    if (mask.getShape().dimension() != 3 || mask.getShape().get(0) != 1) {
      throw violation(name, "a mask of shape (1, S, S)", "shape " + mask.getShape());
    }
    if (!Patches.isSound(delta, mask)) {
      throw violation(
          name,
          "pixels in [0, 1] under a mask of zeros and ones, and 0 beside it",
          "a patch of shape " + delta.getShape() + " that is not such");
    }
  }

  private static void requireWithin(String name, NDArray change, Budget budget) {
    double size;
    try (NDArray sizes = Perturbations.sizes(change, budget.norm())) {
      size = scalar(sizes.max());
    }
    // The length of an image sums up the rounding of its pixels.
    if (!(size <= budget.epsilon() + ROUNDING * Math.max(1, budget.epsilon()))) {
      throw violation(
          name,
          "a finite change of at most " + budget.epsilon() + " (" + budget.norm() + ")",
          "a change of " + size);
    }
  }

  private static double scalar(NDArray value) {
    try (value) {
      return value.getFloat();
    }
  }

  private static IllegalStateException violation(String name, String wanted, String got) {
    return new IllegalStateException(
        "attack '" + name + "' broke its contract: expected " + wanted + ", got " + got);
  }
}
