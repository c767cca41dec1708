package org.zepad.encoders.ssl;

import org.zepad.api.Option;

/**
 * The options of {@link SupconProvider}.
 *
 * @param projectorHidden length of the projector's hidden layers
 * @param projectorOutput length of a projection
 * @param temperature divisor of the cosines
 */
public record SupconOptions(
    @Option(
            defaultValue = "2048",
            min = 1,
            max = 65536,
            help = "Length of the projector's hidden layers")
        int projectorHidden,
    @Option(defaultValue = "256", min = 1, max = 65536, help = "Length of a projection")
        int projectorOutput,
    @Option(
            defaultValue = "0.2",
            min = 0.001,
            max = 100,
            help = "Divisor of the cosines: the smaller, the more the hardest negatives count")
        double temperature) {}
