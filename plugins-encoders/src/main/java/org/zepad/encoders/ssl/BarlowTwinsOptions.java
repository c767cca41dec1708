package org.zepad.encoders.ssl;

import org.zepad.api.Option;

/**
 * The options of {@link BarlowTwinsProvider}.
 *
 * @param projectorHidden length of the projector's hidden layers
 * @param projectorOutput length of a projection
 * @param lambda weight of the off-diagonal correlations
 * @param scale factor of the whole loss
 */
public record BarlowTwinsOptions(
    @Option(
            defaultValue = "2048",
            min = 1,
            max = 65536,
            help = "Length of the projector's hidden layers")
        int projectorHidden,
    @Option(defaultValue = "2048", min = 1, max = 65536, help = "Length of a projection")
        int projectorOutput,
    @Option(
            defaultValue = "0.0051",
            min = 0,
            max = 1000,
            help = "Weight of the off-diagonal correlations")
        double lambda,
    @Option(defaultValue = "0.1", min = 0, max = 1000, help = "Factor of the whole loss")
        double scale) {}
