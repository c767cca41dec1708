package org.zepad.encoders.ssl;

import org.zepad.api.Option;

/**
 * The options of {@link ResslProvider}.
 *
 * @param projectorHidden length of the projector's hidden layers
 * @param projectorOutput length of a projection
 * @param queueSize earlier vectors that are kept, at least as many as a batch has images
 * @param queryTemperature divisor of the cosines of the query
 * @param keyTemperature divisor of the cosines of the key
 * @param baseTau share of itself that the momentum encoder keeps at the first step
 * @param finalTau the same at the last step
 */
public record ResslOptions(
    @Option(
            defaultValue = "4096",
            min = 1,
            max = 65536,
            help = "Length of the projector's hidden layers")
        int projectorHidden,
    @Option(defaultValue = "256", min = 1, max = 65536, help = "Length of a projection")
        int projectorOutput,
    @Option(
            defaultValue = "65536",
            min = 1,
            max = 10000000,
            help = "Earlier vectors that are kept, at least as many as a batch has images")
        int queueSize,
    @Option(
            defaultValue = "0.1",
            min = 0.001,
            max = 100,
            help = "Divisor of the cosines of the query")
        double queryTemperature,
    @Option(
            defaultValue = "0.04",
            min = 0.001,
            max = 100,
            help = "Divisor of the cosines of the key")
        double keyTemperature,
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
