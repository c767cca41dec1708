package org.zepad.datasets.animals10;

import org.zepad.api.Option;

/**
 * Options of {@link Animals10}.
 *
 * @param folder where the data set lies; see the help
 * @param testFraction share that is held out
 * @param seed which are held out
 */
public record Animals10Options(
    @Option(
            defaultValue = "",
            help =
                "folder that holds raw-img or its ten folders, absolute or below the data root;"
                    + " empty: animals10 below the data root, then the data root itself")
        String folder,
    @Option(
            defaultValue = "0.2",
            min = 0.001,
            max = 0.999,
            help = "share of each class that is held out to test; there is no official split")
        double testFraction,
    @Option(defaultValue = "0", help = "seed that decides which pictures are held out")
        long seed) {}
