package org.zepad.attacks.gradient;

import org.zepad.api.Option;

/**
 * Options of {@code fgsm}.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 8/255 by default
 */
public record FgsmOptions(
    @Option(
            defaultValue = "0.03137254901960784",
            help = "largest change of a pixel, in pixel units (default 8/255)",
            min = 0,
            max = 1)
        double epsilon) {}
