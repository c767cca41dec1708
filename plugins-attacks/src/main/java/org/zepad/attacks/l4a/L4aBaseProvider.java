package org.zepad.attacks.l4a;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;
import org.zepad.attacks.universal.Ball;
import org.zepad.attacks.universal.EpochwiseAttack;
import org.zepad.attacks.universal.GradientCrafting;
import org.zepad.attacks.universal.SignAscent;

/**
 * Brings {@code l4a-base} (Ban and Dong, "Pre-trained Adversarial Perturbations", NeurIPS 2022).
 */
public final class L4aBaseProvider implements AttackProvider<L4aBaseOptions> {

  @Override
  public String name() {
    return "l4a-base";
  }

  @Override
  public String description() {
    return "PAP, L4A base: lifts the activations of a low-level layer";
  }

  @Override
  public Class<L4aBaseOptions> optionsType() {
    return L4aBaseOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(L4aBaseOptions options) {
    return new EpochwiseAttack(
        new EpochwiseAttack.Settings(
            name(), options.epsilon(), options.epochs(), options.batchSize(), options),
        scene ->
            new GradientCrafting(
                Lifting.base(options, scene),
                new SignAscent(options.stepSize(), 0, scene),
                new Ball(options.epsilon()),
                scene));
  }
}
