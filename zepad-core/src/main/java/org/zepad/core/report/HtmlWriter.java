package org.zepad.core.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML with inline SVG. Every text and every value of an attribute is escaped here, so that
 * nobody else has to think of it; tags are closed in the order in which they were opened. Names of
 * tags and attributes are this package's own and not checked.
 */
final class HtmlWriter {
  private static final char REPLACEMENT = '\ufffd';

  /** Tags before which a new line changes nothing. */
  private static final Set<String> ON_A_LINE =
      Set.of(
          "body",
          "dd",
          "details",
          "div",
          "dl",
          "dt",
          "figure",
          "figcaption",
          "footer",
          "g",
          "h1",
          "h2",
          "head",
          "header",
          "li",
          "link",
          "main",
          "meta",
          "nav",
          "ol",
          "p",
          "pre",
          "section",
          "style",
          "svg",
          "table",
          "tbody",
          "thead",
          "title",
          "tr",
          "ul");

  private final StringBuilder out = new StringBuilder("<!DOCTYPE html>");
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens a tag.
   *
   * @param attributes names and values in turn
   */
  HtmlWriter open(String tag, String... attributes) {
    start(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  /** Closes the tag that was opened last. */
  HtmlWriter close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** A tag that holds nothing. */
  HtmlWriter empty(String tag, String... attributes) {
    start(tag, attributes);
    out.append("/>");
    return this;
  }

  /** A tag that holds a text alone. */
  HtmlWriter leaf(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  HtmlWriter text(String text) {
    escape(text);
    return this;
  }

  /** A style sheet of this package's own. Browsers read no escapes in it. */
  HtmlWriter style(String css) {
    if (css.contains("<")) {
      throw new IllegalArgumentException("a style sheet without tags");
    }
    start("style");
    out.append(">\n").append(css).append("</style>");
    return this;
  }

  /** All that was written. */
  String finished() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return out.append('\n').toString();
  }

  private void start(String tag, String... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException("an attribute without a value in <" + tag + ">");
    }
    if (ON_A_LINE.contains(tag)) {
      out.append('\n');
    }
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
  }

  private void escape(String text) {
    text.codePoints().forEach(this::escape);
  }

  private void escape(int codePoint) {
    switch (codePoint) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> {
        if (isForbidden(codePoint)) {
          out.append(REPLACEMENT);
        } else {
          out.appendCodePoint(codePoint);
        }
      }
    }
  }

  /** What HTML forbids, and what turns the order of the letters round it. */
  private static boolean isForbidden(int codePoint) {
    boolean control = Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\t';
    boolean halfACharacter = Character.getType(codePoint) == Character.SURROGATE;
    boolean noCharacter =
        (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
    boolean turnsOrder =
        (codePoint >= 0x202a && codePoint <= 0x202e)
            || (codePoint >= 0x2066 && codePoint <= 0x2069);
    return control || halfACharacter || noCharacter || turnsOrder;
  }
}
