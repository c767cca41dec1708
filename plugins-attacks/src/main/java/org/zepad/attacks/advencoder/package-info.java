/**
 * AdvEncoder: a generator is trained against an encoder, without any task, and makes one
 * perturbation for all images, either a change that is added (PER) or a patch (PAT). Start at
 * {@link org.zepad.attacks.advencoder.GeneratorAttack}; the variants differ in their {@link
 * org.zepad.attacks.advencoder.Form} alone, and one training step is {@link
 * org.zepad.attacks.advencoder.GeneratorTraining}.
 */
@NullMarked
package org.zepad.attacks.advencoder;

import org.jspecify.annotations.NullMarked;
