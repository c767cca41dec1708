package org.zepad.attacks.pseudotask;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;
import org.zepad.attacks.universal.Ball;
import org.zepad.attacks.universal.EpochwiseAttack;
import org.zepad.attacks.universal.GradientCrafting;
import org.zepad.attacks.universal.SignAscent;

/**
 * Brings {@code uapgd} (Deng and Karam, "Universal Adversarial Attack via Enhanced Projected
 * Gradient Descent", ICIP 2020) on a {@link PseudoTask}.
 */
public final class UapgdProvider implements AttackProvider<UapgdOptions> {

  @Override
  public String name() {
    return "uapgd";
  }

  @Override
  public String description() {
    return "UAPGD: raises the cross-entropy of clusters of clean features, with momentum";
  }

  @Override
  public Class<UapgdOptions> optionsType() {
    return UapgdOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(UapgdOptions options) {
    return new EpochwiseAttack(
        new EpochwiseAttack.Settings(
            name(), options.epsilon(), options.epochs(), options.batchSize(), options),
        scene ->
            new GradientCrafting(
                new ClusterCrossEntropy(PseudoTask.of(options.clusters(), options.scale(), scene)),
                new SignAscent(options.stepSize(), options.momentum(), scene),
                new Ball(options.epsilon()),
                scene));
  }
}
