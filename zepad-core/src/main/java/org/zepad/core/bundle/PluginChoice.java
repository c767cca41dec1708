package org.zepad.core.bundle;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plugin and its options, as they are written into a bundle.
 *
 * @param name its permanent name
 * @param options kebab-case names to values as in YAML, all of them rather than those that differ
 *     from today's defaults
 */
public record PluginChoice(String name, Map<String, Object> options) {
  public PluginChoice {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }
}
