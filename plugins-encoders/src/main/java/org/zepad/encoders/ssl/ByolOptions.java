package org.zepad.encoders.ssl;

import org.zepad.api.Option;

/**
 * The options of {@link ByolProvider}.
 *
 * @param projectorHidden length of the projector's hidden layer
 * @param projectorOutput length of a projection
 * @param predictorHidden length of the predictor's hidden layer
 * @param baseTau share of itself that the target network keeps at the first step
 * @param finalTau the same at the last step
 */
public record ByolOptions(
    @Option(
            defaultValue = "4096",
            min = 1,
            max = 65536,
            help = "Length of the projector's hidden layer")
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
            defaultValue = "0.99",
            min = 0,
            max = 1,
            help = "Share of itself that the target network keeps at the first step")
        double baseTau,
    @Option(
            defaultValue = "1.0",
            min = 0,
            max = 1,
            help = "Share of itself that the target network keeps at the last step")
        double finalTau) {}
