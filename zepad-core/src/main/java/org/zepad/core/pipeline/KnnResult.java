package org.zepad.core.pipeline;

import java.util.Map;
import org.zepad.core.metrics.Rate;

/**
 * How well k-NN tells test images by features.
 *
 * @param accuracies by encoder as it was named, then of untrained encoders of the same
 *     architectures, then of the raw pixels; in this order
 * @param trainingImages how many images the neighbours come from
 * @param leakedTestImages test images that were left out because their pixels also occur in the
 *     training images
 * @param seed the seed of the split and of the untrained encoders
 */
public record KnnResult(
    Map<String, Rate> accuracies, int trainingImages, int leakedTestImages, long seed) {}
