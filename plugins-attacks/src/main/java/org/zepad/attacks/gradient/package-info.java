/**
 * Attacks on single images that follow the sign of the loss gradient: FGSM and PGD. Start at {@link
 * org.zepad.attacks.gradient.SignGradientAttack}. Universal attacks do not belong here.
 */
@NullMarked
package org.zepad.attacks.gradient;

import org.jspecify.annotations.NullMarked;
