package org.zepad.attacks.gradient;

import org.zepad.api.Option;

/**
 * Options of {@code pgd}; the defaults are those that ZePAD fine-tunes with.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1)
 * @param stepSize how far one step goes, in pixel units
 * @param steps how many steps
 * @param randomStart whether to begin at a random point of the ball
 */
public record PgdOptions(
    @Option(
            defaultValue = "0.03",
            help = "largest change of a pixel, in pixel units",
            min = 0,
            max = 1)
        double epsilon,
    @Option(defaultValue = "0.007", help = "length of a step, in pixel units", min = 0, max = 1)
        double stepSize,
    @Option(defaultValue = "10", help = "number of steps", min = 1, max = 100000) int steps,
    @Option(
            defaultValue = "false",
            help = "whether to begin at a random point of the ball instead of at the image")
        boolean randomStart) {}
