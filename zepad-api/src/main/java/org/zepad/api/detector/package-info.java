/** The SPI for detectors of adversarial examples, which see branch confidences alone. */
@NullMarked
package org.zepad.api.detector;

import org.jspecify.annotations.NullMarked;
