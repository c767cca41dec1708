package org.zepad.attacks.feature;

import org.zepad.api.Option;
import org.zepad.attacks.gradient.BallNorm;

/**
 * Options of {@code embed-attack}. The start is always random: at the image itself the distance has
 * no slope.
 *
 * @param epsilon the size of the largest change, in pixel units: of a pixel (0..1) for L-infinity,
 *     of a whole image for L2; 8/255 by default
 * @param stepSize how far one step goes, in pixel units; 2/255 by default
 * @param steps how many steps
 * @param distance of features, what is climbed
 * @param norm how the change is measured
 */
public record EmbedAttackOptions(
    @Option(
            defaultValue = "0.03137254901960784",
            help = "largest change: of a pixel (at most 1, default 8/255), with l2 of an image",
            min = 0,
            max = 1000)
        double epsilon,
    @Option(
            defaultValue = "0.00784313725490196",
            help = "length of a step, in pixel units (default 2/255)",
            min = 0,
            max = 1000)
        double stepSize,
    @Option(defaultValue = "20", help = "number of steps", min = 1, max = 100000) int steps,
    @Option(
            defaultValue = "squared-l2",
            help = "how far the features of perturbed and clean images lie apart")
        FeatureDistance distance,
    @Option(
            defaultValue = "linf",
            help = "how a change is measured: its largest pixel, or its Euclidean length")
        BallNorm norm) {
  public EmbedAttackOptions {
    norm.requireSense(epsilon);
  }
}
