package org.zepad.attacks.adaptive;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;

/** Brings {@code adaptive-hijack}, see {@link Hijack}. */
public final class AdaptiveHijackProvider implements AttackProvider<AdaptiveOptions> {

  @Override
  public String name() {
    return "adaptive-hijack";
  }

  @Override
  public String description() {
    return "Makes the weakest branch of a defence confidently wrong, L-infinity, per image";
  }

  @Override
  public Class<AdaptiveOptions> optionsType() {
    return AdaptiveOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.DEFENCE;
  }

  @Override
  public Attack create(AdaptiveOptions options) {
    return new DefenceAttack(
        name(),
        options.ascent(),
        (defence, images, labels, scope, context) ->
            Hijack.goal(defence, images, labels, scope, context.ops()));
  }
}
