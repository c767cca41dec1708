package org.zepad.core.bench;

/**
 * The seconds of a step of adversarial fine-tuning.
 *
 * @param whole all of it
 * @param attack the adversarial batch: ten forward and backward passes in evaluation mode
 * @param gradients two forward passes in training mode, the loss, and the way back
 * @param update both optimizers
 */
public record AftSteps(Spread whole, Spread attack, Spread gradients, Spread update) {}
