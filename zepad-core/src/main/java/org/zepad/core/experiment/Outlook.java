package org.zepad.core.experiment;

import java.time.Duration;

/**
 * What an experiment would do, before it does it.
 *
 * @param jobs all jobs of the plan or shard
 * @param done those whose products are there
 * @param cells all cells
 * @param shared the hardenings, adaptations and craftings that the cells have in common
 * @param time rough, with the given number of processes
 * @param bytes rough, of what is still to be written
 * @param free bytes that can be written there
 * @param processes how many run at once
 */
public record Outlook(
    int jobs,
    int done,
    int cells,
    int shared,
    Duration time,
    long bytes,
    long free,
    int processes) {}
