package org.zepad.core.check;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.zepad.core.plugin.PluginInfo;
import org.zepad.core.plugin.PluginRegistry;

/**
 * A plugin that is to keep its contract.
 *
 * @param registry knows it, and the attacks that a defence asks for
 * @param plugin which it is
 * @param options its options as in YAML, kebab-case names to values; small ones, so that it is soon
 *     over
 * @param lacks what it does not do
 * @param data the folder in which data sets are kept, for a data set that reads files
 */
public record Subject(
    PluginRegistry registry,
    PluginInfo plugin,
    Map<String, Object> options,
    Set<Capability> lacks,
    Path data) {
  public Subject {
    options = new TreeMap<>(options);
    lacks = Set.copyOf(lacks);
  }

  /** Whether it is to have a capability. */
  public boolean has(Capability capability) {
    return !lacks.contains(capability);
  }
}
