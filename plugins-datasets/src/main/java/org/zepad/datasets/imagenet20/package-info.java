/** Twenty classes of ImageNet. Start at {@link org.zepad.datasets.imagenet20.Imagenet20}. */
@NullMarked
package org.zepad.datasets.imagenet20;

import org.jspecify.annotations.NullMarked;
