package org.zepad.attacks.adaptive;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;

/** Brings {@code adaptive-branches}: all branches at once, see {@link DefenceGoals#branches}. */
public final class AdaptiveBranchesProvider implements AttackProvider<AdaptiveOptions> {

  @Override
  public String name() {
    return "adaptive-branches";
  }

  @Override
  public String description() {
    return "Climbs the losses of all branches of a defence at once, L-infinity, per image";
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
        (defence, images, labels, scope, context) -> DefenceGoals.branches(defence, labels));
  }
}
