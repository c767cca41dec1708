package org.zepad.core.evaluate;

import org.jspecify.annotations.Nullable;
import org.zepad.core.metrics.Rate;

/**
 * What a model does with images that are unusual, but no attack.
 *
 * @param shift what was done to the test images, with its strength, or the other data set
 * @param subject the model
 * @param falsePositives images flagged by the deployed threshold; null where nothing detects
 * @param accuracy images classified rightly; null where the labels are those of another task
 */
public record BenignShift(
    String shift, String subject, @Nullable Rate falsePositives, @Nullable Rate accuracy) {}
