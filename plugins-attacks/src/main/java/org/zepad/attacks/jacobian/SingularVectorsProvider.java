package org.zepad.attacks.jacobian;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;
import org.zepad.attacks.universal.EpochwiseAttack;

/**
 * Brings {@code singular-vectors} (Khrulkov and Oseledets, "Art of Singular Vectors and Universal
 * Adversarial Perturbations", CVPR 2018).
 */
public final class SingularVectorsProvider implements AttackProvider<SingularVectorsOptions> {

  @Override
  public String name() {
    return "singular-vectors";
  }

  @Override
  public String description() {
    return "Singular vectors of a hidden layer's Jacobian, by the power method";
  }

  @Override
  public Class<SingularVectorsOptions> optionsType() {
    return SingularVectorsOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(SingularVectorsOptions options) {
    EpochwiseAttack.Settings settings =
        new EpochwiseAttack.Settings(
            name(), options.epsilon(), options.iterations(), options.batchSize(), options);
    return new SingularVectors(options, settings);
  }
}
