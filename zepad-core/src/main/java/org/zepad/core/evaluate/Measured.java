package org.zepad.core.evaluate;

import org.jspecify.annotations.Nullable;
import org.zepad.core.metrics.Outcomes;

/**
 * What one model said of every image, before it is counted: for the worst case over several
 * attacks, pairwise comparison and plots.
 *
 * @param clean on clean images
 * @param attacked on the same images under attack, in the same order
 * @param cleanScores detection scores of clean images; null where nothing detects
 * @param attackedScores detection scores of attacked images; null where nothing detects
 */
public record Measured(
    Subject subject,
    Outcomes clean,
    Outcomes attacked,
    float @Nullable [] cleanScores,
    float @Nullable [] attackedScores) {}
