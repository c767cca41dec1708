package org.zepad.attacks.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.attacks.universal.EpochwiseAttack;
import org.zepad.attacks.universal.FixedImages;

/**
 * Needs no image: of the surrogate images only the size is used. The perturbation is added to one
 * image of the encoder's own mean colour, which its normalisation turns into zeros, so that the
 * network sees the perturbation alone, as in the paper.
 */
final class FastFeatureFool implements UniversalAttack {
  /** Steps of a round. */
  private static final int STEPS = 50;

  /** For a single small image the engine takes slower kernels, and complains. */
  private static final int COPIES = 2;

  private final EpochwiseAttack rounds;

  FastFeatureFool(FastFeatureFoolOptions options) {
    rounds =
        new EpochwiseAttack(
            new EpochwiseAttack.Settings(
                "fff", options.epsilon(), options.epochs(), COPIES, options),
            scene -> new SaturatingCrafting(options, scene));
  }

  @Override
  public Budget budget() {
    return rounds.budget();
  }

  @Override
  public Perturbation craft(Encoder victim, ImageBatches surrogate, RunContext context) {
    try (NDManager scope = context.manager().newSubManager()) {
      NDArray mean = meanImage(victim, surrogate.imageSize(), scope);
      return rounds.craft(victim, FixedImages.copies(mean, COPIES * STEPS), context);
    }
  }

  private static NDArray meanImage(Encoder victim, int side, NDManager scope) {
    List<Double> colour = victim.info().preprocessing().mean();
    float[] values = new float[colour.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = colour.get(i).floatValue();
    }
    return scope
        .create(values, new Shape(1, values.length, 1, 1))
        .broadcast(new Shape(1, values.length, side, side));
  }
}
