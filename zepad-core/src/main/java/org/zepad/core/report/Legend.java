package org.zepad.core.report;

/** The small drawings before the names of a legend. */
final class Legend {
  private Legend() {}

  /** Opens the drawing, 30 by 16 pixels, in the colour of this place. */
  static void open(HtmlWriter out, int place) {
    out.open(
        "svg",
        "class",
        "key " + Palette.colour(place),
        "viewBox",
        "0 0 30 16",
        "width",
        "30",
        "height",
        "16",
        "aria-hidden",
        "true");
  }
}
