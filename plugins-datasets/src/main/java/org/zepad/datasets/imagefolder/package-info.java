/**
 * Any data set in folders of pictures. Start at {@link org.zepad.datasets.imagefolder.ImageFolder}.
 */
@NullMarked
package org.zepad.datasets.imagefolder;

import org.jspecify.annotations.NullMarked;
