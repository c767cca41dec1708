/** The SPI for fusion rules: branch logits in, fused logits and branch confidences out. */
@NullMarked
package org.zepad.api.fusion;

import org.jspecify.annotations.NullMarked;
