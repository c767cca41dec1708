/**
 * What every kind of training shares: learning-rate schedules and the record of an epoch's figures.
 * Start at {@link org.zepad.core.train.LearningRates}. No loop and no loss lives here.
 */
@NullMarked
package org.zepad.core.train;

import org.jspecify.annotations.NullMarked;
