package org.zepad.core.report;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A part of a document with a heading.
 *
 * @param id names it in links: lower-case letters, digits and hyphens, a letter first
 * @param title of the heading
 * @param text before the elements; empty lines part paragraphs; may be empty
 * @param elements in reading order; plots that follow each other share a row where there is room
 */
public record Section(String id, String title, String text, List<Element> elements) {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

  public Section {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("'" + id + "' is no id of a section");
    }
    elements = List.copyOf(elements);
  }
}
