package org.zepad.attacks.layer;

import java.util.List;
import org.zepad.api.Option;
import org.zepad.attacks.universal.UniversalOptions;

/**
 * Options of {@code fff}.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 10/255 by default
 * @param epochs rounds of 50 steps; a checkpoint is saved after each
 * @param stepSize the learning rate of Adam, in pixel units; the paper's is 0.1/255
 * @param layers names of inner layers; empty: all
 */
public record FastFeatureFoolOptions(
    @Option(
            defaultValue = UniversalOptions.EPSILON,
            help = UniversalOptions.EPSILON_HELP,
            min = 0,
            max = 1)
        double epsilon,
    @Option(defaultValue = "20", help = "rounds of 50 steps", min = 1, max = 100000) int epochs,
    @Option(defaultValue = "0.0004", help = UniversalOptions.STEP_SIZE_HELP, min = 0, max = 1)
        double stepSize,
    @Option(defaultValue = "", help = "inner layers of the backbone; empty: all")
        List<String> layers) {
  public FastFeatureFoolOptions {
    layers = List.copyOf(layers);
  }
}
