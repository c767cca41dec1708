package org.zepad.core.experiment;

import org.zepad.api.Option;

/**
 * A public encoder of a grid.
 *
 * @param name names it in tables, kebab case
 * @param encoder its file, or {@code zoo:METHOD}; empty: {@code zoo:} and the name
 */
public record Victim(
    @Option(defaultValue = "", help = "name in tables, kebab case") String name,
    @Option(defaultValue = "", help = "file or zoo:METHOD, empty for zoo: and the name")
        String encoder) {
  public Victim {
    GridNames.require("a victim", name);
    encoder = encoder.isEmpty() ? "zoo:" + name : encoder;
  }
}
