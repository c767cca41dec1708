package org.zepad.core.pipeline;

import org.zepad.api.Option;
import org.zepad.core.config.PluginOf;
import org.zepad.core.plugin.PluginKind;

/**
 * Judging encoders by k-NN.
 *
 * @param data the images: neighbours come from the training part, the test images are classified
 * @param neighbours how many vote
 * @param temperature divisor of the similarities by which votes are weighted
 */
public record KnnConfig(
    @PluginOf(PluginKind.DATASET)
        @Option(defaultValue = "shapes", help = "data set whose test images are classified")
        DataConfig data,
    @Option(defaultValue = "20", min = 1, help = "neighbours that vote") int neighbours,
    @Option(defaultValue = "0.07", min = 0.001, help = "divisor of similarities in the votes")
        double temperature) {}
