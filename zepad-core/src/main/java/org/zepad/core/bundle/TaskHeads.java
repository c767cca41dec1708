package org.zepad.core.bundle;

import java.util.List;
import java.util.Map;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.head.Head;

/**
 * What adapting to a task made, to be put into a bundle.
 *
 * @param name of the task, kebab case
 * @param classes the names of the classes in label order
 * @param heads one for each branch of the bundle, by its name
 * @param threshold above which detection score an image is flagged
 * @param provenance facts of the training: seed, data set, data fingerprint, options
 */
public record TaskHeads(
    String name,
    List<String> classes,
    Map<String, Head> heads,
    DetectionThreshold threshold,
    Map<String, String> provenance) {
  public TaskHeads {
    classes = List.copyOf(classes);
    heads = Map.copyOf(heads);
    provenance = Map.copyOf(provenance);
  }
}
