package org.zepad.attacks.advencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.zepad.api.tensor.Differentiable;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.TensorOps;
import org.zepad.attacks.loss.HighPass;
import org.zepad.attacks.loss.InfoNce;

/**
 * The loss that the generator minimises on one batch (AdvEncoder, eq. 5 to 8):
 *
 * <pre>
 * total = alpha * adv + rec + hfc
 * adv   = -InfoNCE(features of clean images, features of perturbed images)
 * rec   = mean squared change of a pixel
 * hfc   = -mean squared change of a pixel after the high-pass filter
 * </pre>
 *
 * InfoNCE, over the cosine similarity between clean and perturbed features, is MAXIMISED: an image
 * shall no longer resemble itself more than it resembles the others.
 *
 * <p>The filter F is linear, F(x + d) - F(x) = F(d), so it runs over the change d alone; where d is
 * the same for every image, as of an unclamped perturbation and unlike that of a patch, one plane
 * of each colour is filtered instead of the batch. By Parseval, rec + hfc is the low-frequency
 * energy of d, exactly: together they push the change to high frequencies.
 */
final class GeneratorTraining {
  private final TrainingSettings settings;
  private final Form form;
  private final UnaryOperator<NDArray> victim;
  private final PerturbationGenerator generator;
  private final NDArray latent;
  private final int side;
  private final NDArray mask;
  private final TensorOps ops;

  /**
   * Prepares for images of one size.
   *
   * @param form what the perturbation is
   * @param victim from images (B, 3, side, side) in [0, 1] to features (B, D), in evaluation mode
   * @param latent (B, latentDim, 1, 1), the same in each step
   * @param side height and width of the images in pixels
   * @param manager the owner of the filter's mask
   */
  GeneratorTraining(
      TrainingSettings settings,
      Form form,
      UnaryOperator<NDArray> victim,
      PerturbationGenerator generator,
      NDArray latent,
      int side,
      NDManager manager,
      TensorOps ops) {
    this.settings = settings;
    this.form = form;
    this.victim = victim;
    this.generator = generator;
    this.latent = latent;
    this.side = side;
    this.mask = HighPass.mask(manager, side, side, settings.radius());
    this.ops = ops;
  }

  /**
   * The perturbation of the generator as it is: resized to the images, then limited to the budget.
   * Batch statistics are used, as in training, since the latent vectors are the same.
   *
   * @param scope the owner of the result and of what leads to it
   * @return (1, 3, side, side), differentiable
   */
  NDArray perturbation(NDManager scope) {
    NDArray z = ops.detach(latent);
    z.attach(scope);
    NDArray image = generator.generate(z, true, ops);
    NDArray fitting = image.getShape().get(2) == side ? image : ops.resize(image, side, side);
    return form.bound(fitting);
  }

  /**
   * Puts the gradient of the total loss into the generator's parameters.
   *
   * @param images (B, 3, side, side) in [0, 1]; not changed
   * @param clean (B, D), the victim's features of the images
   */
  Losses backward(NDArray images, NDArray clean) {
    try (NDManager scope = images.getManager().newSubManager()) {
      float[] parts = new float[3];
      float total =
          ops.backward(
              () -> {
                NDArray x = ops.detach(images);
                NDArray query = ops.detach(clean);
                x.attach(scope);
                query.attach(scope);
                NDArray delta = ops.differentiable(perturbation(scope), Differentiable.gathering());
                Form.Worn worn = form.on(x, delta);
                NDArray features = victim.apply(worn.images());
                NDArray adv = InfoNce.loss(query, features, settings.temperature()).neg();
                NDArray rec = worn.change().square().mean();
                NDArray hfc = ops.highPass(worn.change(), mask).square().mean().neg();
                parts[0] = value(adv);
                parts[1] = value(rec);
                parts[2] = value(hfc);
                return Scalars.times(adv, settings.alpha()).add(rec).add(hfc);
              });
      return new Losses(parts[0], parts[1], parts[2], total);
    }
  }

  private float value(NDArray scalar) {
    try (NDArray detached = ops.detach(scalar)) {
      return detached.getFloat();
    }
  }

  /** The parts of the loss of one step, and the whole. */
  record Losses(float adv, float rec, float hfc, float total) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "loss %.4f, InfoNCE %.4f, rec %.2e, hfc %.2e", total, -adv, rec, hfc);
    }
  }
}
