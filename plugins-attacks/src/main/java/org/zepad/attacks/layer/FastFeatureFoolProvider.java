package org.zepad.attacks.layer;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;

/**
 * Brings {@code fff} (Mopuri, Garg and Babu, "Fast Feature Fool: A Data Independent Approach to
 * Universal Adversarial Perturbations", BMVC 2017).
 */
public final class FastFeatureFoolProvider implements AttackProvider<FastFeatureFoolOptions> {

  @Override
  public String name() {
    return "fff";
  }

  @Override
  public String description() {
    return "Fast Feature Fool: saturates all layers, without any image";
  }

  @Override
  public Class<FastFeatureFoolOptions> optionsType() {
    return FastFeatureFoolOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER;
  }

  @Override
  public Attack create(FastFeatureFoolOptions options) {
    return new FastFeatureFool(options);
  }
}
