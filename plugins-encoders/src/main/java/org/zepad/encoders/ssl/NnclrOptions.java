package org.zepad.encoders.ssl;

import org.zepad.api.Option;

/**
 * The options of {@link NnclrProvider}.
 *
 * @param projectorHidden length of the projector's hidden layers
 * @param projectorOutput length of a projection
 * @param predictorHidden length of the predictor's hidden layer
 * @param queueSize earlier vectors that are kept, at least as many as a batch has images
 * @param temperature divisor of the cosines
 */
public record NnclrOptions(
    @Option(
            defaultValue = "2048",
            min = 1,
            max = 65536,
            help = "Length of the projector's hidden layers")
        int projectorHidden,
    @Option(defaultValue = "256", min = 1, max = 65536, help = "Length of a projection")
        int projectorOutput,
    @Option(
            defaultValue = "4096",
            min = 1,
            max = 65536,
            help = "Length of the predictor's hidden layer")
        int predictorHidden,
    @Option(
            defaultValue = "65536",
            min = 1,
            max = 10000000,
            help = "Earlier vectors that are kept, at least as many as a batch has images")
        int queueSize,
    @Option(defaultValue = "0.2", min = 0.001, max = 100, help = "Divisor of the cosines")
        double temperature) {}
