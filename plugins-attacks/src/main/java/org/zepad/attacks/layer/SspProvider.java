package org.zepad.attacks.layer;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;
import org.zepad.attacks.universal.Ball;
import org.zepad.attacks.universal.EpochwiseAttack;
import org.zepad.attacks.universal.GradientCrafting;
import org.zepad.attacks.universal.SignAscent;

/**
 * Brings {@code ssp} (Naseer, Khan, Hayat, Khan and Porikli, "A Self-supervised Approach for
 * Adversarial Robustness", CVPR 2020), as a universal perturbation.
 */
public final class SspProvider implements AttackProvider<SspOptions> {

  @Override
  public String name() {
    return "ssp";
  }

  @Override
  public String description() {
    return "SSP, self-supervised perturbation: moves the features of images as far as it can";
  }

  @Override
  public Class<SspOptions> optionsType() {
    return SspOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(SspOptions options) {
    return new EpochwiseAttack(
        new EpochwiseAttack.Settings(
            name(), options.epsilon(), options.epochs(), options.batchSize(), options),
        scene ->
            new GradientCrafting(
                FeatureDistance.of(options, scene),
                new SignAscent(options.stepSize(), 0, scene),
                new Ball(options.epsilon()),
                scene));
  }
}
