package org.zepad.attacks.adaptive;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;

/** Brings {@code adaptive-fusion}: the loss of the fused logits, see {@link DefenceGoals#fused}. */
public final class AdaptiveFusionProvider implements AttackProvider<AdaptiveOptions> {

  @Override
  public String name() {
    return "adaptive-fusion";
  }

  @Override
  public String description() {
    return "Climbs the loss of a whole defence through its fusion weights, L-infinity, per image";
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
        (defence, images, labels, scope, context) -> DefenceGoals.fused(defence, labels));
  }
}
