package org.zepad.encoders.ssl;

import org.zepad.api.Option;

/**
 * The options of {@link MocoV2PlusProvider}.
 *
 * @param projectorHidden length of the projector's hidden layers
 * @param projectorOutput length of a projection
 * @param queueSize earlier vectors that are kept, at least as many as a batch has images
 * @param temperature divisor of the cosines
 * @param baseTau share of itself that the momentum encoder keeps at the first step
 * @param finalTau the same at the last step
 */
public record MocoV2PlusOptions(
    @Option(
            defaultValue = "2048",
            min = 1,
            max = 65536,
            help = "Length of the projector's hidden layers")
        int projectorHidden,
    @Option(defaultValue = "256", min = 1, max = 65536, help = "Length of a projection")
        int projectorOutput,
    @Option(
            defaultValue = "32768",
            min = 1,
            max = 10000000,
            help = "Earlier vectors that are kept, at least as many as a batch has images")
        int queueSize,
    @Option(defaultValue = "0.2", min = 0.001, max = 100, help = "Divisor of the cosines")
        double temperature,
    @Option(
            defaultValue = "0.99",
            min = 0,
            max = 1,
            help = "Share of itself that the momentum encoder keeps at the first step")
        double baseTau,
    @Option(
            defaultValue = "0.999",
            min = 0,
            max = 1,
            help = "Share of itself that the momentum encoder keeps at the last step")
        double finalTau) {}
