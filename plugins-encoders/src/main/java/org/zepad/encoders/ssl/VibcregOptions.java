package org.zepad.encoders.ssl;

import org.zepad.api.Option;

/**
 * The options of {@link VibcregProvider}.
 *
 * @param projectorHidden length of the projector's hidden layers
 * @param projectorOutput length of a projection
 * @param invarianceWeight weight of the difference of the views
 * @param varianceWeight weight of the variance term
 * @param covarianceWeight weight of the normalised covariance term
 * @param whiteningGroups groups of columns, of one size, that are whitened at the end of the
 *     projector; 0 for none
 */
public record VibcregOptions(
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
    @Option(
            defaultValue = "200",
            min = 0,
            max = 1000000,
            help = "Weight of the normalised covariance term")
        double covarianceWeight,
    @Option(
            defaultValue = "64",
            min = 0,
            max = 65536,
            help =
                "Groups of columns that are whitened at the end of the projector, 0 for no whitening")
        int whiteningGroups) {}
