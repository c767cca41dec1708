package org.zepad.attacks.noise;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;

/** Brings {@code uniform-noise}: each pixel changes by anything from -epsilon to epsilon. */
public final class UniformNoiseProvider implements AttackProvider<NoiseOptions> {

  @Override
  public String name() {
    return "uniform-noise";
  }

  @Override
  public String description() {
    return "Uniform noise: one for all images, each pixel drawn from -epsilon to epsilon, a baseline";
  }

  @Override
  public Class<NoiseOptions> optionsType() {
    return NoiseOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.NOTHING;
  }

  @Override
  public Attack create(NoiseOptions options) {
    return new PixelNoise(
        new Budget(Norm.LINF, options.epsilon()), random -> 2 * random.nextDouble() - 1);
  }
}
