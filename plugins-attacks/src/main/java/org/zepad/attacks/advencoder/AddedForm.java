package org.zepad.attacks.advencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Perturbation;

/**
 * A change that is added to images: AdvEncoder-PER.
 *
 * @param epsilon the largest change of a pixel, in pixel units
 * @param bounding how what the generator makes is brought within the budget
 * @param clamp whether perturbed images are clamped to [0, 1]
 */
record AddedForm(double epsilon, Bounding bounding, boolean clamp) implements Form {

  @Override
  public NDArray bound(NDArray image) {
    return bounding.apply(image, epsilon);
  }

  @Override
  public Worn on(NDArray images, NDArray bounded) {
    NDArray perturbed = images.add(bounded);
    if (!clamp) {
      return new Worn(perturbed, bounded);
    }
    perturbed = perturbed.clip(0f, 1f);
    return new Worn(perturbed, perturbed.sub(images));
  }

  @Override
  public Perturbation perturbation(NDArray delta, Budget budget, NDManager manager) {
    delta.attach(manager);
    return Perturbation.additive(delta, budget);
  }
}
