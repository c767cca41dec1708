/**
 * Self-supervised pre-training of an encoder, with any method that a plugin brings. Start at {@link
 * org.zepad.core.pretrain.Pretrainer}. No loss and no network lives here.
 */
@NullMarked
package org.zepad.core.pretrain;

import org.jspecify.annotations.NullMarked;
