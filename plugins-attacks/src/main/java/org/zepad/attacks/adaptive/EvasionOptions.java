package org.zepad.attacks.adaptive;

import org.zepad.api.Option;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.attacks.ascent.Ascent;

/**
 * Options of {@code adaptive-evasion}.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 8/255 by default
 * @param stepSize how far one step goes, in pixel units; 2/255 by default
 * @param steps how many steps each climb makes
 * @param randomStart whether to begin at a random point of the ball
 * @param searches how many climbs there are at most after the first, each with another lambda
 * @param firstLambda the lambda of the second climb
 */
public record EvasionOptions(
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
    @Option(defaultValue = "40", help = "number of steps of a climb", min = 1, max = 100000)
        int steps,
    @Option(
            defaultValue = "true",
            help = "whether to begin at a random point of the ball instead of at the image")
        boolean randomStart,
    @Option(
            defaultValue = "5",
            help = "climbs that search a balance of mistake and detection, after one without",
            min = 0,
            max = 100)
        int searches,
    @Option(
            defaultValue = "1",
            help = "weight of the detection score in the first of these",
            min = 1e-6,
            max = 1e6)
        double firstLambda) {

  Ascent ascent() {
    return new Ascent(new Budget(Norm.LINF, epsilon), stepSize, steps, randomStart);
  }
}
