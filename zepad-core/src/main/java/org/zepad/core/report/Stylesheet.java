package org.zepad.core.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

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
    try (InputStream in =
        Objects.requireNonNull(Stylesheet.class.getResourceAsStream("report.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
