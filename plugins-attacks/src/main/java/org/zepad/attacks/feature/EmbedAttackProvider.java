package org.zepad.attacks.feature;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;
import org.zepad.attacks.ascent.Ascent;

/** Brings {@code embed-attack}: projected gradient descent on the features of an encoder. */
public final class EmbedAttackProvider implements AttackProvider<EmbedAttackOptions> {

  @Override
  public String name() {
    return "embed-attack";
  }

  @Override
  public String description() {
    return "Drives the features of each image from the clean ones; no labels, L-infinity or L2";
  }

  @Override
  public Class<EmbedAttackOptions> optionsType() {
    return EmbedAttackOptions.class;
  }

  /**
   * The encoder and the images that are perturbed, but no head and no labels. {@link
   * Knowledge#ENCODER} would promise too much: it works without any image.
   */
  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(EmbedAttackOptions options) {
    return new EmbedAttack(
        new Ascent(
            options.norm().budget(options.epsilon()), options.stepSize(), options.steps(), true),
        options.distance());
  }
}
