package org.zepad.core.report;

import java.util.List;

/**
 * How the curves of a plot are told apart: by colour, and besides it by marker or dashes. The
 * colours keep a contrast of 3 to 1 from the page in both schemes and differ for the colour-blind;
 * they grew from those of Okabe and Ito.
 */
final class Palette {
  static final List<String> LIGHT =
      List.of(
          "#0067a5", "#c94a00", "#2d9f7a", "#764e78", "#6a4011", "#666666", "#278ce5", "#810d30");
  static final List<String> DARK =
      List.of(
          "#58b4f0", "#ff9248", "#45e3b4", "#c36fbe", "#e8db45", "#f0f0f0", "#7591f7", "#dc6299");

  /** Round a middle at (0, 0); in pixels. */
  private static final List<String> MARKERS =
      List.of(
          "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z",
          "M-3.2 -3.2h6.4v6.4h-6.4z",
          "M0 -4.3L4.1 3.1H-4.1z",
          "M0 -4.6L4.6 0L0 4.6L-4.6 0z",
          "M0 4.3L4.1 -3.1H-4.1z",
          "M-1.4 -4.2h2.8v2.8h2.8v2.8h-2.8v2.8h-2.8v-2.8h-2.8v-2.8h2.8z",
          "M-4.4 0L-1.4 -1.4L0 -4.4L1.4 -1.4L4.4 0L1.4 1.4L0 4.4L-1.4 1.4z");

  static final int DASHES = 5;

  private Palette() {}

  /** The class of the style sheet that sets the colour of the curve of this place. */
  static String colour(int place) {
    return "s" + place % LIGHT.size();
  }

  /** The class that sets the dashes; the first curve has none. */
  static String dashes(int place) {
    return "d" + place % DASHES;
  }

  /** The path of the marker. */
  static String marker(int place) {
    return MARKERS.get(place % MARKERS.size());
  }

  /** The colours as custom properties of the style sheet. */
  static String properties(List<String> colours) {
    StringBuilder css = new StringBuilder();
    for (int i = 0; i < colours.size(); i++) {
      css.append("--c").append(i).append(':').append(colours.get(i)).append(';');
    }
    return css.toString();
  }
}
