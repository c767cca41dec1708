package org.zepad.encoders.ssl;

import org.zepad.api.Option;

/**
 * The options of {@link MocoV3Provider}.
 *
 * @param projectorHidden length of the projector's hidden layers
 * @param projectorOutput length of a projection
 * @param predictorHidden length of the predictor's hidden layer
 * @param temperature divisor of the cosines
 * @param baseTau share of itself that the momentum encoder keeps at the first step
 * @param finalTau the same at the last step
 */
public record MocoV3Options(
    @Option(
            defaultValue = "4096",
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
            defaultValue = "0.2",
            min = 0.001,
            max = 100,
            help = "Divisor of the cosines: the smaller, the more the hardest negatives count")
        double temperature,
    @Option(
            defaultValue = "0.99",
            min = 0,
            max = 1,
            help = "Share of itself that the momentum encoder keeps at the first step")
        double baseTau,
    @Option(
            defaultValue = "1.0",
            min = 0,
            max = 1,
            help = "Share of itself that the momentum encoder keeps at the last step")
        double finalTau) {}
