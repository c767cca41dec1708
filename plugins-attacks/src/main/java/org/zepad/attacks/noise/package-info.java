/**
 * Noise: what an attacker can do who knows nothing, and what every attack has to beat at the same
 * budget. Start at {@link org.zepad.attacks.noise.UniformNoiseProvider}. Nothing that looks at
 * victim or images belongs here.
 */
@NullMarked
package org.zepad.attacks.noise;

import org.jspecify.annotations.NullMarked;
