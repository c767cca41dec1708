package org.zepad.core.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a report says, apart from how it looks.
 *
 * @param title in a few words
 * @param subtitle a line below it, may be empty
 * @param sections in reading order; no two of one id
 */
public record Document(String title, String subtitle, List<Section> sections) {
  public Document {
    sections = List.copyOf(sections);
    Set<String> ids = new HashSet<>();
    for (Section section : sections) {
      if (!ids.add(section.id())) {
        throw new IllegalArgumentException("two sections have the id '" + section.id() + "'");
      }
    }
  }
}
