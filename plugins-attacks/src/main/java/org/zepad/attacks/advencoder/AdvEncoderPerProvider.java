package org.zepad.attacks.advencoder;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;

/**
 * Brings {@code advencoder-per} (Zhou, Hu, Zhong, Wang, Zhang and Jin, "Downstream-agnostic
 * Adversarial Examples", ICCV 2023, section 3.3, the perturbation variant).
 */
public final class AdvEncoderPerProvider implements AttackProvider<AdvEncoderPerOptions> {
  static final String NAME = "advencoder-per";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "AdvEncoder-PER: a generator makes one perturbation for all images, against an encoder";
  }

  @Override
  public Class<AdvEncoderPerOptions> optionsType() {
    return AdvEncoderPerOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(AdvEncoderPerOptions options) {
    Form form = new AddedForm(options.epsilon(), options.bounding(), options.clamp());
    return new GeneratorAttack(
        options.training(), new Budget(Norm.LINF, options.epsilon()), (side, scope) -> form);
  }
}
