package org.zepad.attacks.advencoder;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;
import org.zepad.attacks.patch.PatchPlace;

/**
 * Brings {@code advencoder-pat} (Zhou, Hu, Zhong, Wang, Zhang and Jin, "Downstream-agnostic
 * Adversarial Examples", ICCV 2023, section 3.3, the patch variant).
 */
public final class AdvEncoderPatProvider implements AttackProvider<AdvEncoderPatOptions> {
  static final String NAME = "advencoder-pat";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "AdvEncoder-PAT: a generator makes one patch for all images, against an encoder";
  }

  @Override
  public Class<AdvEncoderPatOptions> optionsType() {
    return AdvEncoderPatOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(AdvEncoderPatOptions options) {
    PatchPlace place = options.place();
    return new GeneratorAttack(
        options.training(),
        place.budget(),
        (side, scope) -> PatchForm.of(place.mask(NAME, side, scope)));
  }
}
