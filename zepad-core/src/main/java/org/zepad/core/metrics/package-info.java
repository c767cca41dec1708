/**
 * Figures of merit on plain Java arrays: counts over the whole set with their intervals, and how
 * well a score separates. Start at {@link org.zepad.core.metrics.Rate}. Nothing here runs a model.
 */
@NullMarked
package org.zepad.core.metrics;

import org.jspecify.annotations.NullMarked;
