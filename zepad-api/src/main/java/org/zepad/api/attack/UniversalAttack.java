package org.zepad.api.attack;

import org.zepad.api.RunContext;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;

/** An attack that crafts one perturbation for all images, against an encoder, without any task. */
public non-sealed interface UniversalAttack extends Attack {

  /**
   * Crafts a perturbation.
   *
   * @param victim the public encoder; used in evaluation mode, not changed
   * @param surrogate the attacker's own images; their labels are not used
   * @param context seed, progress, checkpoint; the result belongs to its scope
   */
  Perturbation craft(Encoder victim, ImageBatches surrogate, RunContext context);
}
