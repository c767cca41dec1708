package org.zepad.core.report;

import java.util.List;
import java.util.Map;

/**
 * Names and values that a reader may open and close, such as provenance.
 *
 * @param open whether they are seen before anyone opens them
 */
public record Facts(String title, List<Fact> facts, boolean open) implements Element {
  public Facts {
    facts = List.copyOf(facts);
  }

  /** A name and its value. */
  public record Fact(String key, String value) {}

  /** Facts in the order of the map, closed. */
  public static Facts of(String title, Map<String, String> facts) {
    return new Facts(
        title,
        facts.entrySet().stream().map(e -> new Fact(e.getKey(), e.getValue())).toList(),
        false);
  }
}
