package org.zepad.encoders.ssl;

import org.zepad.api.Option;

/**
 * The options of {@link SimsiamProvider}.
 *
 * @param projectorHidden length of the projector's hidden layers
 * @param projectorOutput length of a projection
 * @param predictorHidden length of the predictor's hidden layer
 */
public record SimsiamOptions(
    @Option(
            defaultValue = "2048",
            min = 1,
            max = 65536,
            help = "Length of the projector's hidden layers")
        int projectorHidden,
    @Option(defaultValue = "2048", min = 1, max = 65536, help = "Length of a projection")
        int projectorOutput,
    @Option(
            defaultValue = "512",
            min = 1,
            max = 65536,
            help = "Length of the predictor's hidden layer")
        int predictorHidden) {}
