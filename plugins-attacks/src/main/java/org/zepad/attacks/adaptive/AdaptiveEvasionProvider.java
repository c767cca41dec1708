package org.zepad.attacks.adaptive;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;

/** Brings {@code adaptive-evasion}, see {@link EvasionAttack}. */
public final class AdaptiveEvasionProvider implements AttackProvider<EvasionOptions> {

  @Override
  public String name() {
    return "adaptive-evasion";
  }

  @Override
  public String description() {
    return "Makes a whole defence err without its detector noticing, L-infinity, per image";
  }

  @Override
  public Class<EvasionOptions> optionsType() {
    return EvasionOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.DEFENCE;
  }

  @Override
  public Attack create(EvasionOptions options) {
    return new EvasionAttack(name(), options.ascent(), options.searches(), options.firstLambda());
  }
}
