package org.zepad.core.report;

import java.util.Locale;

/**
 * Writes a document as one HTML file that needs nothing else: style, plots and pictures are inside,
 * there is no script, and its own policy forbids it to load anything. Light and dark follow the
 * reader's system.
 */
public final class Html {
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none';"
          + " form-action 'none'";

  private final Document document;
  private final HtmlWriter out = new HtmlWriter();
  private final HtmlElements elements = new HtmlElements(out);

  private Html(Document document) {
    this.document = document;
  }

  /** The file's text, to be written as UTF-8; the same document gives the same text. */
  public static String render(Document document) {
    return new Html(document).render();
  }

  private String render() {
    out.open("html", "lang", "en");
    head();
    out.open("body");
    out.open("header");
    out.leaf("h1", document.title());
    if (!document.subtitle().isEmpty()) {
      out.leaf("p", document.subtitle(), "class", "subtitle");
    }
    contents();
    out.close();
    out.open("main");
    document.sections().forEach(this::section);
    out.close();
    out.close();
    out.close();
    return out.finished();
  }

  private void head() {
    out.open("head");
    out.empty("meta", "charset", "utf-8");
    out.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.empty("meta", "name", "color-scheme", "content", "light dark");
    out.empty("meta", "name", "referrer", "content", "no-referrer");
    out.leaf("title", document.title());
    // Without it, browsers ask a server for one.
    out.empty("link", "rel", "icon", "href", "data:,");
    out.style(Stylesheet.css());
    out.close();
  }

  private void contents() {
    if (document.sections().size() < 2) {
      return;
    }
    out.open("nav", "aria-label", "Contents");
    out.open("ol");
    for (Section section : document.sections()) {
      out.open("li").leaf("a", section.title(), "href", "#" + section.id()).close();
    }
    out.close();
    out.close();
  }

  private void section(Section section) {
    String heading = section.id() + "-heading";
    out.open("section", "id", section.id(), "aria-labelledby", heading);
    out.leaf("h2", section.title(), "id", heading);
    for (String paragraph : section.text().split("\\R\\s*\\R", -1)) {
      if (!paragraph.isBlank()) {
        out.leaf("p", paragraph.strip());
      }
    }
    elements.write(section.elements());
    out.close();
  }

  /** The class of the style sheet for a constant. */
  static String styleClass(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
