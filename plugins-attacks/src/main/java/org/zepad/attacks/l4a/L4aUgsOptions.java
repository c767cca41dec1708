package org.zepad.attacks.l4a;

import java.util.List;
import org.zepad.api.Option;
import org.zepad.attacks.universal.UniversalOptions;

/**
 * Options of {@code l4a-ugs}; the ranges are those of the public code.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 10/255 by default
 * @param epochs passes over the surrogate images
 * @param batchSize images a step; fewer where there are fewer
 * @param stepSize how far one step goes, in pixel units
 * @param layers names of inner layers; empty: the one at a quarter of the depth
 * @param lambda weight of the noise images against the surrogate images
 * @param noiseImages noise images a step
 * @param meanLow least mean of a noise image, in pixel units
 * @param meanHigh greatest mean of a noise image
 * @param stdLow least standard deviation of a noise image
 * @param stdHigh greatest standard deviation of a noise image
 */
public record L4aUgsOptions(
    @Option(
            defaultValue = UniversalOptions.EPSILON,
            help = UniversalOptions.EPSILON_HELP,
            min = 0,
            max = 1)
        double epsilon,
    @Option(defaultValue = "5", help = UniversalOptions.EPOCHS_HELP, min = 1, max = 100000)
        int epochs,
    @Option(defaultValue = "16", help = UniversalOptions.BATCH_SIZE_HELP, min = 1, max = 65536)
        int batchSize,
    @Option(defaultValue = "0.0004", help = UniversalOptions.STEP_SIZE_HELP, min = 0, max = 1)
        double stepSize,
    @Option(
            defaultValue = "",
            help = "inner layers of the backbone; empty: at a quarter of the depth")
        List<String> layers,
    @Option(
            defaultValue = "1",
            help = "weight of the noise images against the surrogate images",
            min = 0,
            max = 1e6)
        double lambda,
    @Option(defaultValue = "8", help = "noise images a step", min = 1, max = 65536) int noiseImages,
    @Option(
            defaultValue = "0.4",
            help = "least mean of a noise image, in pixel units",
            min = 0,
            max = 1)
        double meanLow,
    @Option(
            defaultValue = "0.6",
            help = "greatest mean of a noise image, in pixel units",
            min = 0,
            max = 1)
        double meanHigh,
    @Option(
            defaultValue = "0.05",
            help = "least standard deviation of a noise image, in pixel units",
            min = 0,
            max = 1)
        double stdLow,
    @Option(
            defaultValue = "0.1",
            help = "greatest standard deviation of a noise image, in pixel units",
            min = 0,
            max = 1)
        double stdHigh) {
  public L4aUgsOptions {
    layers = List.copyOf(layers);
    if (meanLow > meanHigh || stdLow > stdHigh) {
      throw new IllegalArgumentException(
          "mean-low and std-low are at most mean-high and std-high, got means from "
              + meanLow
              + " to "
              + meanHigh
              + " and deviations from "
              + stdLow
              + " to "
              + stdHigh);
    }
  }
}
