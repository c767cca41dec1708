/** Pictures that a table names. Start at {@link org.zepad.datasets.manifest.Manifest}. */
@NullMarked
package org.zepad.datasets.manifest;

import org.jspecify.annotations.NullMarked;
