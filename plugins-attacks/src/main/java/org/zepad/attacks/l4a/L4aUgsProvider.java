package org.zepad.attacks.l4a;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;
import org.zepad.attacks.universal.Ball;
import org.zepad.attacks.universal.EpochwiseAttack;
import org.zepad.attacks.universal.GradientCrafting;
import org.zepad.attacks.universal.SignAscent;

/** Brings {@code l4a-ugs} (Ban and Dong, "Pre-trained Adversarial Perturbations", NeurIPS 2022). */
public final class L4aUgsProvider implements AttackProvider<L4aUgsOptions> {

  @Override
  public String name() {
    return "l4a-ugs";
  }

  @Override
  public String description() {
    return "PAP, L4A uniform Gaussian sampling: lifts a low-level layer for images and for noise";
  }

  @Override
  public Class<L4aUgsOptions> optionsType() {
    return L4aUgsOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(L4aUgsOptions options) {
    return new EpochwiseAttack(
        new EpochwiseAttack.Settings(
            name(), options.epsilon(), options.epochs(), options.batchSize(), options),
        scene ->
            new GradientCrafting(
                new NoiseLifting(options, scene),
                new SignAscent(options.stepSize(), 0, scene),
                new Ball(options.epsilon()),
                scene));
  }
}
