package org.zepad.encoders.ssl;

import org.zepad.api.Option;

/**
 * The options of {@link VicregProvider}.
 *
 * @param projectorHidden length of the projector's hidden layers
 * @param projectorOutput length of a projection
 * @param invarianceWeight weight of the difference of the views
 * @param varianceWeight weight of the variance term
 * @param covarianceWeight weight of the covariance term
 */
public record VicregOptions(
    @Option(
            defaultValue = "2048",
            min = 1,
            max = 65536,
            help = "Length of the projector's hidden layers")
        int projectorHidden,
    @Option(defaultValue = "2048", min = 1, max = 65536, help = "Length of a projection")
        int projectorOutput,
    @Option(
            defaultValue = "25",
            min = 0,
            max = 1000000,
            help = "Weight of the difference of the views")
        double invarianceWeight,
    @Option(defaultValue = "25", min = 0, max = 1000000, help = "Weight of the variance term")
        double varianceWeight,
    @Option(defaultValue = "1", min = 0, max = 1000000, help = "Weight of the covariance term")
        double covarianceWeight) {}
