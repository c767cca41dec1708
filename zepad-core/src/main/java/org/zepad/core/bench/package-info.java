/**
 * Measures how fast this machine does the work of the other packages: a class for each part, on a
 * defence with random weights. The work itself is the other packages' own and is not written anew
 * here. Start at {@link org.zepad.core.bench.BenchStep}.
 */
@NullMarked
package org.zepad.core.bench;

import org.jspecify.annotations.NullMarked;
