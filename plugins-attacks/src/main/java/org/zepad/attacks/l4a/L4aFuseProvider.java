package org.zepad.attacks.l4a;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;
import org.zepad.attacks.universal.Ball;
import org.zepad.attacks.universal.EpochwiseAttack;
import org.zepad.attacks.universal.GradientCrafting;
import org.zepad.attacks.universal.SignAscent;

/**
 * Brings {@code l4a-fuse} (Ban and Dong, "Pre-trained Adversarial Perturbations", NeurIPS 2022).
 */
public final class L4aFuseProvider implements AttackProvider<L4aFuseOptions> {

  @Override
  public String name() {
    return "l4a-fuse";
  }

  @Override
  public String description() {
    return "PAP, L4A fuse: lifts the activations of two low-level layers";
  }

  @Override
  public Class<L4aFuseOptions> optionsType() {
    return L4aFuseOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(L4aFuseOptions options) {
    return new EpochwiseAttack(
        new EpochwiseAttack.Settings(
            name(), options.epsilon(), options.epochs(), options.batchSize(), options),
        scene ->
            new GradientCrafting(
                Lifting.fuse(options, scene),
                new SignAscent(options.stepSize(), 0, scene),
                new Ball(options.epsilon()),
                scene));
  }
}
