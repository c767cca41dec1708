package org.zepad.datasets.shapes;

import org.zepad.api.Option;

/**
 * Options of {@link Shapes}.
 *
 * @param train number of training images
 * @param test number of test images
 * @param size side in pixels
 * @param seed of both parts
 */
public record ShapesOptions(
    @Option(defaultValue = "5000", min = 1, max = 10_000_000, help = "number of training images")
        int train,
    @Option(defaultValue = "1000", min = 1, max = 10_000_000, help = "number of test images")
        int test,
    @Option(defaultValue = "32", min = 16, max = 512, help = "side of the images in pixels")
        int size,
    @Option(defaultValue = "0", help = "seed that the images are drawn from") long seed) {}
