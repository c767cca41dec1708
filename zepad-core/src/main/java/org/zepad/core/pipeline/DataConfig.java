package org.zepad.core.pipeline;

import java.util.Map;
import org.zepad.api.Option;

/**
 * A data set and the part of it that is used. In YAML its name alone, or all of these.
 *
 * @param name the data set's name
 * @param options its options
 * @param images how many training images are used, the validation part included; 0 for all
 * @param testImages how many test images are used; 0 for all
 * @param validation share of the training images that is set aside for choosing and calibrating
 * @param size side in pixels to which images are resized
 * @param damaged what is done about images that cannot be decoded
 */
public record DataConfig(
    @Option(defaultValue = "shapes", help = "name of the data set") String name,
    @Option(defaultValue = "", help = "options of the data set") Map<String, Object> options,
    @Option(defaultValue = "0", help = "training images used, 0 for all", min = 0) int images,
    @Option(defaultValue = "0", help = "test images used, 0 for all", min = 0) int testImages,
    @Option(
            defaultValue = "0.1",
            help = "share of the training images set aside for validation",
            min = 0.01,
            max = 0.9)
        double validation,
    @Option(defaultValue = "32", help = "side of the images in pixels", min = 8, max = 1024)
        int size,
    @Option(
            defaultValue = "refuse",
            help = "images that cannot be decoded: refuse, or skip them and say how many")
        Damaged damaged) {
  /** The same with another number of test images; 0 for all. */
  DataConfig withTestImages(int count) {
    return new DataConfig(name, options, images, count, validation, size, damaged);
  }
}
