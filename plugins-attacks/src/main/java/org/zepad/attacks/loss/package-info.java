/**
 * Differentiable losses and filters that attacks optimise; each a pure function of arrays. No
 * attack and no options live here. Start at {@link org.zepad.attacks.loss.CrossEntropy}.
 */
@NullMarked
package org.zepad.attacks.loss;

import org.jspecify.annotations.NullMarked;
