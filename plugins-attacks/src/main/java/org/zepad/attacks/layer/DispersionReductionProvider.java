package org.zepad.attacks.layer;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;
import org.zepad.attacks.universal.Ball;
import org.zepad.attacks.universal.EpochwiseAttack;
import org.zepad.attacks.universal.GradientCrafting;
import org.zepad.attacks.universal.SignAscent;

/**
 * Brings {@code dispersion-reduction} (Lu et al., "Enhancing Cross-Task Black-Box Transferability
 * of Adversarial Examples with Dispersion Reduction", CVPR 2020), as a universal perturbation.
 */
public final class DispersionReductionProvider
    implements AttackProvider<DispersionReductionOptions> {

  @Override
  public String name() {
    return "dispersion-reduction";
  }

  @Override
  public String description() {
    return "Dispersion reduction: flattens the activations of a layer";
  }

  @Override
  public Class<DispersionReductionOptions> optionsType() {
    return DispersionReductionOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(DispersionReductionOptions options) {
    return new EpochwiseAttack(
        new EpochwiseAttack.Settings(
            name(), options.epsilon(), options.epochs(), options.batchSize(), options),
        scene ->
            new GradientCrafting(
                new Flattening(options, scene),
                new SignAscent(options.stepSize(), 0, scene),
                new Ball(options.epsilon()),
                scene));
  }
}
