/**
 * Pre-trained adversarial perturbations by low-level layer lifting (L4A). Start at {@link
 * org.zepad.attacks.l4a.L4aBaseProvider}; the equations are in {@code Lifting} and {@code
 * NoiseLifting}.
 */
@NullMarked
package org.zepad.attacks.l4a;

import org.jspecify.annotations.NullMarked;
