/**
 * What surrounds attacks: checks of what they return, universal perturbations on images and on
 * disk. Start at {@link org.zepad.core.attack.AssertingAttacks} and {@link
 * org.zepad.core.attack.PerturbationFiles}. No attack lives here.
 */
@NullMarked
package org.zepad.core.attack;

import org.jspecify.annotations.NullMarked;
