/**
 * Encoders: a backbone behind its pre-processing, its file, and the public checkpoints it can be
 * read from. Start at {@link org.zepad.core.encoder.BackboneEncoder}. How bytes become tensors
 * belongs to {@code org.zepad.core.io}.
 */
@NullMarked
package org.zepad.core.encoder;

import org.jspecify.annotations.NullMarked;
