package org.zepad.attacks.pseudotask;

import org.zepad.api.Option;
import org.zepad.attacks.universal.UniversalOptions;

/**
 * Options of {@code uap}.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 10/255 by default
 * @param epochs passes over the surrogate images
 * @param batchSize images a step; fewer where there are fewer
 * @param clusters classes of the pseudo-task
 * @param scale of the cosine similarities that are the logits
 * @param candidates other classes that DeepFool tries, the nearest ones
 * @param maxIterations of DeepFool for one image
 * @param overshoot by which the step to the border is lengthened
 */
public record UapOptions(
    @Option(
            defaultValue = UniversalOptions.EPSILON,
            help = UniversalOptions.EPSILON_HELP,
            min = 0,
            max = 1)
        double epsilon,
    @Option(defaultValue = "1", help = UniversalOptions.EPOCHS_HELP, min = 1, max = 100000)
        int epochs,
    @Option(defaultValue = "32", help = UniversalOptions.BATCH_SIZE_HELP, min = 1, max = 65536)
        int batchSize,
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
        double scale,
    @Option(
            defaultValue = "3",
            help = "other classes that DeepFool tries, the most likely ones",
            min = 1,
            max = 65536)
        int candidates,
    @Option(
            defaultValue = "5",
            help = "most iterations of DeepFool for one image",
            min = 1,
            max = 1000)
        int maxIterations,
    @Option(
            defaultValue = "0.02",
            help = "share by which the step to the border is lengthened",
            min = 0,
            max = 10)
        double overshoot) {}
