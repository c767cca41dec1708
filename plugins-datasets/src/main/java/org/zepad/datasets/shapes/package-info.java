/**
 * A data set that needs no files: textured shapes, drawn from a seed. Start at {@link
 * org.zepad.datasets.shapes.Shapes}; the picture is made in {@code Scene}.
 */
@NullMarked
package org.zepad.datasets.shapes;

import org.jspecify.annotations.NullMarked;
