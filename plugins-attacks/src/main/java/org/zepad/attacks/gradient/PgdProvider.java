package org.zepad.attacks.gradient;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;

/** Brings {@code pgd} (Madry et al. 2018), the attack that fine-tuning trains against. */
public final class PgdProvider implements AttackProvider<PgdOptions> {

  @Override
  public String name() {
    return "pgd";
  }

  @Override
  public String description() {
    return "Projected gradient descent on cross-entropy or divergence, L-infinity or L2, per image";
  }

  @Override
  public Class<PgdOptions> optionsType() {
    return PgdOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.MODEL;
  }

  @Override
  public Attack create(PgdOptions options) {
    return options
        .loss()
        .ascent(
            options.norm().budget(options.epsilon()),
            options.stepSize(),
            options.steps(),
            options.randomStart());
  }
}
