/**
 * What attacks share that craft one perturbation for all images step by step: the epochs, their
 * order and their checkpoints ({@link org.zepad.attacks.universal.EpochwiseAttack}, where to
 * start), the ascent of an {@link org.zepad.attacks.universal.Objective}, the ball and the range of
 * pixels. No attack of its own belongs here, and the module does not export it.
 */
@NullMarked
package org.zepad.attacks.universal;

import org.jspecify.annotations.NullMarked;
