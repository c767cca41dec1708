/**
 * The SPI for network architectures. Weights and their public names belong here; pre-processing
 * belongs to {@link org.zepad.api.encoder}.
 */
@NullMarked
package org.zepad.api.backbone;

import org.jspecify.annotations.NullMarked;
