package org.zepad.attacks.query;

import org.zepad.api.Option;

/**
 * Options of {@code square}.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 8/255 by default
 * @param queries how often the model is asked about an image at most
 * @param firstShare the share of the pixels that the first squares cover
 */
public record SquareOptions(
    @Option(
            defaultValue = "0.03137254901960784",
            help = "largest change of a pixel, in pixel units (default 8/255)",
            min = 0,
            max = 1)
        double epsilon,
    @Option(
            defaultValue = "5000",
            help = "how often the model is asked about an image at most",
            min = 2,
            max = 10000000)
        int queries,
    @Option(
            defaultValue = "0.8",
            help = "share of the pixels that the first squares cover; it shrinks in ten stages",
            min = 0,
            max = 1)
        double firstShare) {}
