/**
 * How a plugin says what it computes in evaluation mode, operation by operation, so that it can be
 * written into a file that runs without it. No file format shows here. Start at {@link
 * org.zepad.api.graph.Graph}.
 */
@NullMarked
package org.zepad.api.graph;

import org.jspecify.annotations.NullMarked;
