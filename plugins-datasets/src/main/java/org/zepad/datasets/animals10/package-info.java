/** Animals-10. Start at {@link org.zepad.datasets.animals10.Animals10}. */
@NullMarked
package org.zepad.datasets.animals10;

import org.jspecify.annotations.NullMarked;
