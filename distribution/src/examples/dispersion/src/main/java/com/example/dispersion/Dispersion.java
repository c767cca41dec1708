package com.example.dispersion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.zepad.api.Option;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;

/**
 * Dispersion reduction (Lu et al. 2020, "Enhancing cross-task black-box transferability of
 * adversarial examples with dispersion reduction"), on features and for all images at once.
 */
public final class Dispersion implements AttackProvider<Dispersion.Options> {

  /**
   * Its options.
   *
   * @param epsilon largest change of a pixel
   * @param stepSize change of a pixel at a step
   * @param epochs passes over the images
   * @param batchSize images a step
   */
  public record Options(
      @Option(defaultValue = "10/255", help = "largest change of a pixel", min = 0, max = 1)
          double epsilon,
      @Option(defaultValue = "1/255", help = "change of a pixel at a step", min = 0, max = 1)
          double stepSize,
      @Option(defaultValue = "10", help = "passes over the images", min = 1, max = 10000)
          int epochs,
      @Option(defaultValue = "64", help = "images a step", min = 1, max = 65536) int batchSize) {}

  @Override
  public String name() {
    return "dispersion";
  }

  @Override
  public String description() {
    return "Dispersion reduction: one for all images, flattens the features";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(Options options) {
    return new Descent(new Budget(Norm.LINF, options.epsilon()), options);
  }

  private record Descent(Budget budget, Options options) implements UniversalAttack {
    @Override
    public Perturbation craft(Encoder victim, ImageBatches surrogate, RunContext context) {
      int side = surrogate.imageSize();
      float[] delta = new float[3 * side * side];
      SplittableRandom random = context.random();
      for (int i = 0; i < delta.length; i++) {
        delta[i] = (float) ((2 * random.nextDouble() - 1) * budget.epsilon());
      }
      // A copy, frozen: the victim is left as it is, and no gradient of a parameter is computed.
      try (Encoder copy = victim.duplicate()) {
        copy.state().requireGradients(false);
        context.progress().start("flattening features", options.epochs());
        for (int epoch = 0; epoch < options.epochs(); epoch++) {
          surrogate.forEach(
              options.batchSize(),
              OptionalLong.of(context.seed() + epoch),
              batch -> step(copy, batch.images(), delta, context));
          context.progress().update(epoch + 1, "");
        }
      }
      NDArray made = context.manager().create(delta, new Shape(3, side, side));
      return Perturbation.additive(made, budget);
    }

    /** Moves the perturbation, which is kept in plain numbers: the batch's tensors go with it. */
    private void step(Encoder encoder, NDArray images, float[] delta, RunContext context) {
      Shape shape = new Shape(1, 3, images.getShape().get(2), images.getShape().get(3));
      NDArray at = images.getManager().create(delta, shape);
      NDArray slope =
          context
              .ops()
              .gradient(at, x -> spread(encoder.features(x.add(images).clip(0, 1), false)))
              .gradient();
      double epsilon = budget.epsilon();
      NDArray moved = at.sub(slope.sign().mul(options.stepSize())).clip(-epsilon, epsilon);
      System.arraycopy(moved.toFloatArray(), 0, delta, 0, delta.length);
    }

    /** The variance of the entries of a feature vector, the mean over images. */
    private static NDArray spread(NDArray features) {
      return features.sub(features.mean(new int[] {1}, true)).square().mean();
    }
  }
}
