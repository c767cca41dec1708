/**
 * Attacks on a whole defence, whose attacker knows branches, heads, fusion, detector and threshold.
 * Start at {@link org.zepad.attacks.adaptive.DefenceAttack}. How they climb is {@link
 * org.zepad.attacks.ascent.Ascent}; what does not need a defence belongs elsewhere.
 */
@NullMarked
package org.zepad.attacks.adaptive;

import org.jspecify.annotations.NullMarked;
