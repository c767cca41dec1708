package org.zepad.attacks.gradient;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;

/** Brings {@code apgd} (Croce and Hein 2020, algorithm 1). */
public final class ApgdProvider implements AttackProvider<ApgdOptions> {

  @Override
  public String name() {
    return "apgd";
  }

  @Override
  public String description() {
    return "Auto-PGD: finds its own step size for each image, L-infinity or L2, per image";
  }

  @Override
  public Class<ApgdOptions> optionsType() {
    return ApgdOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.MODEL;
  }

  @Override
  public Attack create(ApgdOptions options) {
    return new AutoPgd(
        options.norm().budget(options.epsilon()),
        options.loss(),
        options.steps(),
        options.restarts());
  }
}
