package org.zepad.attacks.gradient;

import org.zepad.api.Option;

/**
 * Options of {@code pgd}; the defaults are those that ZePAD fine-tunes with.
 *
 * @param epsilon the size of the largest change, in pixel units: of a pixel (0..1) for L-infinity,
 *     of a whole image for L2
 * @param stepSize how far one step goes, in pixel units
 * @param steps how many steps
 * @param randomStart whether to begin at a random point of the ball
 * @param norm how the change is measured
 * @param loss what is climbed
 */
public record PgdOptions(
    @Option(
            defaultValue = "0.03",
            help = "largest change, in pixel units: of a pixel (at most 1), with l2 of an image",
            min = 0,
            max = 1000)
        double epsilon,
    @Option(defaultValue = "0.007", help = "length of a step, in pixel units", min = 0, max = 1000)
        double stepSize,
    @Option(defaultValue = "10", help = "number of steps", min = 1, max = 100000) int steps,
    @Option(
            defaultValue = "false",
            help = "whether to begin at a random point of the ball instead of at the image")
        boolean randomStart,
    @Option(
            defaultValue = "linf",
            help = "how a change is measured: its largest pixel, or its Euclidean length")
        BallNorm norm,
    @Option(
            defaultValue = "cross-entropy",
            help =
                "what is climbed; kl-divergence, from the model's own answer to the image, uses no"
                    + " label and begins beside the image, unless at random")
        PgdLoss loss) {
  public PgdOptions {
    norm.requireSense(epsilon);
  }
}
