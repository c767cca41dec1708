package org.zepad.core.harden;

import org.zepad.api.attack.SampleAttack;

/**
 * How a model is fine-tuned.
 *
 * @param options epochs, learning rates and the like; the attack named there is given here
 * @param objective what is minimised
 * @param teacher attacks the batches that are learnt from
 * @param judge attacks validation images after each epoch
 */
record Recipe(
    TuningOptions options, Objective objective, SampleAttack teacher, SampleAttack judge) {}
