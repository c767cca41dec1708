/**
 * Universal attacks on what layers show for clean and perturbed images: self-supervised
 * perturbation, dispersion reduction and fast feature fool. Start at {@link
 * org.zepad.attacks.layer.SspProvider}.
 */
@NullMarked
package org.zepad.attacks.layer;

import org.jspecify.annotations.NullMarked;
