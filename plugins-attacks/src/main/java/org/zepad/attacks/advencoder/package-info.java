/**
 * AdvEncoder-PER: a generator is trained against an encoder, without any task, and makes one
 * perturbation for all images. Start at {@link org.zepad.attacks.advencoder.AdvEncoderPerProvider};
 * one training step is {@link org.zepad.attacks.advencoder.GeneratorTraining}.
 */
@NullMarked
package org.zepad.attacks.advencoder;

import org.jspecify.annotations.NullMarked;
