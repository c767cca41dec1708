package org.zepad.attacks.noise;

import org.zepad.api.Option;

/**
 * Options of {@code uniform-noise} and {@code sign-noise}.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 10/255 by default, as
 *     AdvEncoder-PER has it
 */
public record NoiseOptions(
    @Option(
            defaultValue = "0.0392156862745098",
            help = "largest change of a pixel, in pixel units (default 10/255)",
            min = 0,
            max = 1)
        double epsilon) {}
