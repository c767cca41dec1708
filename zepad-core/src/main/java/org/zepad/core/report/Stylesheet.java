package org.zepad.core.report;

import org.zepad.core.io.TextResource;

/** What documents look like: the file {@code report.css} and the palette's colours. */
final class Stylesheet {
  private Stylesheet() {}

  static String css() {
    StringBuilder css = new StringBuilder(file());
    css.append(":root{").append(Palette.properties(Palette.LIGHT)).append("}\n");
    css.append("@media screen and (prefers-color-scheme:dark){:root{")
        .append(Palette.properties(Palette.DARK))
        .append("}}\n");
    for (int i = 0; i < Palette.LIGHT.size(); i++) {
      css.append(".s" + i + "{--c:var(--c" + i + ")}\n");
    }
    return css.toString();
  }

  private static String file() {
    return TextResource.read(Stylesheet.class.getResourceAsStream("report.css"));
  }
}
