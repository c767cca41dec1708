/** STL-10 in its official binary version. Start at {@link org.zepad.datasets.stl10.Stl10}. */
@NullMarked
package org.zepad.datasets.stl10;

import org.jspecify.annotations.NullMarked;
