/**
 * Experiments: a grid of encoders, defences, attacks, tasks and seeds, planned as jobs that share
 * their work, run by several processes, continued after a kill, and put together into one report.
 * Start at {@link org.zepad.core.experiment.Experiment}. What one job does is done by the steps of
 * {@code org.zepad.core.pipeline}; nothing here trains or attacks.
 */
@NullMarked
package org.zepad.core.experiment;

import org.jspecify.annotations.NullMarked;
