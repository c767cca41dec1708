package org.zepad.attacks.advencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Perturbation;

/**
 * What becomes of the generator's image and how images wear it: all in which AdvEncoder's variants
 * differ.
 */
interface Form {

  /**
   * Brings what the generator made within the budget.
   *
   * @param image (1, 3, S, S), of any size of numbers
   * @return of the same shape, differentiable, in the same manager
   */
  NDArray bound(NDArray image);

  /**
   * Puts a perturbation on images.
   *
   * @param images (B, 3, S, S) in [0, 1]
   * @param bounded (1, 3, S, S), what {@link #bound} returned
   */
  Worn on(NDArray images, NDArray bounded);

  /**
   * The product of the training.
   *
   * @param delta (3, S, S), what {@link #bound} returned at the end
   * @param manager the owner of the result
   */
  Perturbation perturbation(NDArray delta, Budget budget, NDManager manager);

  /**
   * Perturbed images.
   *
   * @param images (B, 3, S, S)
   * @param change what they differ in from the clean ones; (1, 3, S, S) where all differ in the
   *     same
   */
  record Worn(NDArray images, NDArray change) {}

  /** A form for images of any size. */
  @FunctionalInterface
  interface Maker {

    /**
     * The form for images of one size.
     *
     * @param side in pixels
     * @param scope the owner of what the form needs
     */
    Form make(int side, NDManager scope);
  }
}
