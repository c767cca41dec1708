package org.zepad.attacks.noise;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;

/** Brings {@code sign-noise}: each pixel changes by as much as it may, up or down by chance. */
public final class SignNoiseProvider implements AttackProvider<NoiseOptions> {

  @Override
  public String name() {
    return "sign-noise";
  }

  @Override
  public String description() {
    return "Sign noise: one for all images, each pixel changed by plus or minus epsilon, a baseline";
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
        new Budget(Norm.LINF, options.epsilon()), random -> random.nextBoolean() ? 1 : -1);
  }
}
