package org.zepad.attacks.layer;

import java.util.List;
import org.zepad.api.Option;
import org.zepad.attacks.universal.UniversalOptions;

/**
 * Options of {@code dispersion-reduction}.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 10/255 by default
 * @param epochs passes over the surrogate images
 * @param batchSize images a step; fewer where there are fewer
 * @param stepSize how far one step goes, in pixel units
 * @param layers names of inner layers; empty: the one at two thirds of the depth
 */
public record DispersionReductionOptions(
    @Option(
            defaultValue = UniversalOptions.EPSILON,
            help = UniversalOptions.EPSILON_HELP,
            min = 0,
            max = 1)
        double epsilon,
    @Option(defaultValue = "2", help = UniversalOptions.EPOCHS_HELP, min = 1, max = 100000)
        int epochs,
    @Option(defaultValue = "16", help = UniversalOptions.BATCH_SIZE_HELP, min = 1, max = 65536)
        int batchSize,
    @Option(defaultValue = "0.0008", help = UniversalOptions.STEP_SIZE_HELP, min = 0, max = 1)
        double stepSize,
    @Option(
            defaultValue = "",
            help = "inner layers of the backbone; empty: at two thirds of the depth")
        List<String> layers) {
  public DispersionReductionOptions {
    layers = List.copyOf(layers);
  }
}
