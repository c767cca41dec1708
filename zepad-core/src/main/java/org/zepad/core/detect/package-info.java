/**
 * The detector that comes with the runtime, found like any other plugin, and the threshold that
 * turns any detector's score into a verdict. Start at {@link
 * org.zepad.core.detect.DetectionThreshold}. How well a detector does is measured in {@code
 * metrics}.
 */
@NullMarked
package org.zepad.core.detect;

import org.jspecify.annotations.NullMarked;
