/**
 * Attacks on single images in the space of features, which know no task. Start at {@link
 * org.zepad.attacks.feature.EmbedAttackProvider}. Universal perturbations do not belong here.
 */
@NullMarked
package org.zepad.attacks.feature;

import org.jspecify.annotations.NullMarked;
