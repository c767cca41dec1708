package org.zepad.attacks.advencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.tensor.Scalars;

/**
 * A patch that replaces pixels: AdvEncoder-PAT. Of the generator's image only what lies under the
 * mask is used, brought to pixels in [0, 1]:
 *
 * <pre>
 * g     = {@value #STEEPNESS} * image / root mean square of the image under the mask
 * pixel = 1/2 + 1/2 * g / sqrt(1 + g^2)
 * </pre>
 *
 * <p>The paper's code clamps the image to the range of normalised pixels and uses it as if it were
 * pixels, which leaves [0, 1]. Clamping to [0, 1] instead passes no gradient wherever the
 * generator's image has left it. This map passes one everywhere: dividing by the root mean square
 * makes it the same whatever the scale of the generator's weights, and its slope falls with the
 * third power of g only, so that pixels near black and white still move.
 *
 * @param mask (1, S, S) of zeros and ones
 * @param rest 1 - mask
 * @param covered how many pixels the mask covers
 */
record PatchForm(NDArray mask, NDArray rest, int covered) implements Form {
  private static final int STEEPNESS = 2;

  /** Keeps the division finite for a generator that makes nothing. */
  private static final float TINY = 1e-20f;

  /**
   * A form for a mask.
   *
   * @param mask (1, S, S); its manager owns the form's arrays
   */
  static PatchForm of(NDArray mask) {
    return new PatchForm(mask, mask.onesLike().sub(mask), (int) mask.sum().getFloat());
  }

  @Override
  public NDArray bound(NDArray image) {
    NDArray meanSquare =
        Scalars.over(image.mul(mask).square().sum(), Math.max(1, 3 * covered)).add(TINY);
    NDArray g = Scalars.times(image.div(meanSquare.sqrt()), STEEPNESS);
    NDArray share = g.div(g.square().add(1).sqrt());
    return Scalars.times(share, 0.5).add(0.5).mul(mask);
  }

  @Override
  public Worn on(NDArray images, NDArray bounded) {
    NDArray perturbed = images.mul(rest).add(bounded);
    return new Worn(perturbed, perturbed.sub(images));
  }

  @Override
  public Perturbation perturbation(NDArray delta, Budget budget, NDManager manager) {
    delta.attach(manager);
    mask.attach(manager);
    return new Perturbation(delta, mask, budget);
  }
}
