package org.zepad.attacks.pseudotask;

import org.zepad.api.Option;
import org.zepad.attacks.universal.UniversalOptions;

/**
 * Options of {@code uapgd}.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 10/255 by default
 * @param epochs passes over the surrogate images
 * @param batchSize images a step; fewer where there are fewer
 * @param stepSize how far one step goes, in pixel units
 * @param momentum share of the accumulated gradient that is kept
 * @param clusters classes of the pseudo-task
 * @param scale of the cosine similarities that are the logits
 */
public record UapgdOptions(
    @Option(
            defaultValue = UniversalOptions.EPSILON,
            help = UniversalOptions.EPSILON_HELP,
            min = 0,
            max = 1)
        double epsilon,
    @Option(defaultValue = "2", help = UniversalOptions.EPOCHS_HELP, min = 1, max = 100000)
        int epochs,
    @Option(defaultValue = "32", help = UniversalOptions.BATCH_SIZE_HELP, min = 1, max = 65536)
        int batchSize,
    @Option(defaultValue = "0.0016", help = UniversalOptions.STEP_SIZE_HELP, min = 0, max = 1)
        double stepSize,
    @Option(
            defaultValue = "0.5",
            help = "share of the accumulated gradient that is kept",
            min = 0,
            max = 0.999)
        double momentum,
    @Option(
            defaultValue = "10",
            help = "clusters of clean features, the classes of the pseudo-task",
            min = 2,
            max = 65536)
        int clusters,
    @Option(
            defaultValue = "10",
            help = "factor of the cosine similarities that are the logits",
            min = 1e-3,
            max = 1e4)
        double scale) {}
