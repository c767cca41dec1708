/**
 * Deployed models and what they achieve on clean and on attacked images. Start at {@link
 * org.zepad.core.evaluate.Evaluator}. Attacks are given; nothing here crafts a universal
 * perturbation, trains or chooses.
 */
@NullMarked
package org.zepad.core.evaluate;

import org.jspecify.annotations.NullMarked;
