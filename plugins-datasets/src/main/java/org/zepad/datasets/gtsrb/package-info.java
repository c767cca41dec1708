/**
 * The German traffic signs in their official layout. Start at {@link
 * org.zepad.datasets.gtsrb.Gtsrb}.
 */
@NullMarked
package org.zepad.datasets.gtsrb;

import org.jspecify.annotations.NullMarked;
