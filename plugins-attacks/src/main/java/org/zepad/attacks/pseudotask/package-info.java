/**
 * Universal attacks that need a classifier, on one that the attacker makes of the encoder: clusters
 * of clean features. Start at {@link org.zepad.attacks.pseudotask.UapProvider}; the classifier is
 * {@code PseudoTask}.
 */
@NullMarked
package org.zepad.attacks.pseudotask;

import org.jspecify.annotations.NullMarked;
