package org.zepad.attacks.l4a;

import java.util.List;
import org.zepad.api.Option;
import org.zepad.attacks.universal.UniversalOptions;

/**
 * Options of {@code l4a-fuse}.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 10/255 by default
 * @param epochs passes over the surrogate images
 * @param batchSize images a step; fewer where there are fewer
 * @param stepSize how far one step goes, in pixel units
 * @param layers names of two inner layers; empty: those at a quarter and at half of the depth
 * @param lambda weight of the second layer against the first
 */
public record L4aFuseOptions(
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
            help = "two inner layers of the backbone; empty: at a quarter and half of the depth")
        List<String> layers,
    @Option(
            defaultValue = "1",
            help = "weight of the second layer against the first",
            min = 0,
            max = 1e6)
        double lambda) {
  public L4aFuseOptions {
    layers = List.copyOf(layers);
    if (!layers.isEmpty() && layers.size() != 2) {
      throw new IllegalArgumentException("layers names two of them, or none, got " + layers);
    }
  }
}
