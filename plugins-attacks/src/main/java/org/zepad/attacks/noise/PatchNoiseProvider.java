package org.zepad.attacks.noise;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;

/** Brings {@code patch-noise}, to which AdvEncoder-PAT is to be compared. */
public final class PatchNoiseProvider implements AttackProvider<PatchNoiseOptions> {
  static final String NAME = "patch-noise";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "A patch of noise where AdvEncoder-PAT has its patch, a baseline";
  }

  @Override
  public Class<PatchNoiseOptions> optionsType() {
    return PatchNoiseOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.NOTHING;
  }

  @Override
  public Attack create(PatchNoiseOptions options) {
    return new PatchNoise(options.place());
  }
}
