package org.zepad.datasets.imagenet20;

import java.util.List;
import org.zepad.api.Option;

/**
 * Options of {@link Imagenet20}.
 *
 * @param folder where the data set lies; see the help
 * @param classes which classes to take
 */
public record Imagenet20Options(
    @Option(
            defaultValue = "",
            help =
                "folder that holds train and val, absolute or below the data root; empty:"
                    + " imagenet20, imagenet or imagenette below the data root, then the root itself")
        String folder,
    @Option(
            defaultValue = "",
            help =
                "WordNet numbers of the classes to take; empty: all where at most 20 are there, else"
                    + " the ten of imagenette and the ten of imagewoof")
        List<String> classes) {
  public Imagenet20Options {
    classes = List.copyOf(classes);
  }
}
