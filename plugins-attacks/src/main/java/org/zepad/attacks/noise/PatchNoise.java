package org.zepad.attacks.noise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.attacks.patch.PatchPlace;

/**
 * A patch whose pixels are drawn uniformly from [0, 1]. Neither victim nor images are looked at,
 * and nothing is saved: it is over in a moment.
 *
 * @param place where the patch lies
 */
record PatchNoise(PatchPlace place) implements UniversalAttack {

  @Override
  public Budget budget() {
    return place.budget();
  }

  @Override
  public Perturbation craft(Encoder victim, ImageBatches surrogate, RunContext context) {
    int side = surrogate.imageSize();
    NDArray mask = place.mask(PatchNoiseProvider.NAME, side, context.manager());
    float[] covered = mask.toFloatArray();
    SplittableRandom random = context.random();
    float[] delta = new float[3 * side * side];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = covered[i % covered.length] == 0 ? 0 : (float) random.nextDouble();
    }
    NDArray pixels = context.manager().create(delta, new Shape(3, side, side));
    return new Perturbation(pixels, mask, budget());
  }
}
