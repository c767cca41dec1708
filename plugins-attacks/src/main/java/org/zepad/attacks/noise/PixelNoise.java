package org.zepad.attacks.noise;

import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;

/**
 * One change of the size of the surrogate images, whose every pixel and colour is drawn by itself.
 * Neither victim nor images are looked at, and nothing is saved: it is over in a moment.
 *
 * @param budget an L-infinity ball
 * @param share draws a number from -1 to 1, the share of the budget that a pixel gets
 */
record PixelNoise(Budget budget, ToDoubleFunction<SplittableRandom> share)
    implements UniversalAttack {

  @Override
  public Perturbation craft(Encoder victim, ImageBatches surrogate, RunContext context) {
    int side = surrogate.imageSize();
    SplittableRandom random = context.random();
    float[] delta = new float[3 * side * side];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = (float) (budget.epsilon() * share.applyAsDouble(random));
    }
    return Perturbation.additive(context.manager().create(delta, new Shape(3, side, side)), budget);
  }
}
