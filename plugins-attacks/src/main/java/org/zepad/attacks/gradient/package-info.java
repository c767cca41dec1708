/**
 * Attacks on the right class of single images that follow the gradient of a loss: FGSM, PGD and
 * Auto-PGD. Start at {@link org.zepad.attacks.gradient.PgdProvider}. Attacks that aim at features
 * or at a whole defence do not belong here.
 */
@NullMarked
package org.zepad.attacks.gradient;

import org.jspecify.annotations.NullMarked;
