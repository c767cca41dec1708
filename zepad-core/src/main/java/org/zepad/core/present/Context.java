package org.zepad.core.present;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a page shows beside the report.
 *
 * @param classes the names of the task's classes, in label order
 * @param histories the course of each fine-tuning, as {@code hardened-history} of an encoder says
 *     it, by what was tuned
 * @param perturbations the pictures of the perturbations, by the attack
 */
public record Context(
    List<String> classes, Map<String, String> histories, Map<String, Path> perturbations) {
  public Context {
    classes = List.copyOf(classes);
    histories = Collections.unmodifiableMap(new LinkedHashMap<>(histories));
    perturbations = Collections.unmodifiableMap(new LinkedHashMap<>(perturbations));
  }
}
