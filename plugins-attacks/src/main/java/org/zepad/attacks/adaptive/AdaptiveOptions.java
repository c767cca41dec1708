package org.zepad.attacks.adaptive;

import org.zepad.api.Option;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.attacks.ascent.Ascent;

/**
 * Options of {@code adaptive-fusion}, {@code adaptive-branches} and {@code adaptive-hijack}.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 8/255 by default
 * @param stepSize how far one step goes, in pixel units; 2/255 by default
 * @param steps how many steps
 * @param randomStart whether to begin at a random point of the ball
 */
public record AdaptiveOptions(
    @Option(
            defaultValue = "0.03137254901960784",
            help = "largest change of a pixel, in pixel units (default 8/255)",
            min = 0,
            max = 1)
        double epsilon,
    @Option(
            defaultValue = "0.00784313725490196",
            help = "length of a step, in pixel units (default 2/255)",
            min = 0,
            max = 1)
        double stepSize,
    @Option(defaultValue = "40", help = "number of steps", min = 1, max = 100000) int steps,
    @Option(
            defaultValue = "true",
            help = "whether to begin at a random point of the ball instead of at the image")
        boolean randomStart) {

  Ascent ascent() {
    return new Ascent(new Budget(Norm.LINF, epsilon), stepSize, steps, randomStart);
  }
}
