package org.zepad.attacks.gradient;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.attacks.ascent.Ascent;

/** Brings {@code fgsm} (Goodfellow, Shlens and Szegedy 2015, eq. 3). */
public final class FgsmProvider implements AttackProvider<FgsmOptions> {

  @Override
  public String name() {
    return "fgsm";
  }

  @Override
  public String description() {
    return "Fast gradient sign method: one step of size epsilon, L-infinity, per image";
  }

  @Override
  public Class<FgsmOptions> optionsType() {
    return FgsmOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.MODEL;
  }

  @Override
  public Attack create(FgsmOptions options) {
    Budget budget = new Budget(Norm.LINF, options.epsilon());
    return new CrossEntropyAscent(new Ascent(budget, options.epsilon(), 1, false));
  }
}
