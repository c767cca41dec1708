package org.zepad.attacks.pseudotask;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;
import org.zepad.attacks.universal.EpochwiseAttack;

/**
 * Brings {@code uap} (Moosavi-Dezfooli, Fawzi, Fawzi and Frossard, "Universal Adversarial
 * Perturbations", CVPR 2017, algorithm 1) on a {@link PseudoTask}.
 */
public final class UapProvider implements AttackProvider<UapOptions> {

  @Override
  public String name() {
    return "uap";
  }

  @Override
  public String description() {
    return "UAP: adds up the smallest DeepFool steps out of clusters of clean features";
  }

  @Override
  public Class<UapOptions> optionsType() {
    return UapOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(UapOptions options) {
    return new EpochwiseAttack(
        new EpochwiseAttack.Settings(
            name(), options.epsilon(), options.epochs(), options.batchSize(), options),
        scene -> new DeepFoolCrafting(options, scene));
  }
}
