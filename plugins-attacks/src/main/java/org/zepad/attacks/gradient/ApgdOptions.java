package org.zepad.attacks.gradient;

import org.zepad.api.Option;

/**
 * Options of {@code apgd}; there is no step size to choose.
 *
 * @param epsilon the size of the largest change, in pixel units: of a pixel (0..1) for L-infinity,
 *     of a whole image for L2; 8/255 by default
 * @param steps how many steps each climb makes
 * @param restarts how many climbs there are at most, each from a random point of its own
 * @param loss what is climbed
 * @param norm how the change is measured
 */
public record ApgdOptions(
    @Option(
            defaultValue = "0.03137254901960784",
            help = "largest change: of a pixel (at most 1, default 8/255), with l2 of an image",
            min = 0,
            max = 1000)
        double epsilon,
    @Option(defaultValue = "100", help = "number of steps of a climb", min = 1, max = 100000)
        int steps,
    @Option(
            defaultValue = "1",
            help = "number of climbs from random points; fooled images sit out the later ones",
            min = 1,
            max = 1000)
        int restarts,
    @Option(defaultValue = "cross-entropy", help = "what is climbed; dlr needs at least 3 classes")
        ApgdLoss loss,
    @Option(
            defaultValue = "linf",
            help = "how a change is measured: its largest pixel, or its Euclidean length")
        BallNorm norm) {
  public ApgdOptions {
    norm.requireSense(epsilon);
  }
}
