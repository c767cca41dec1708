package org.zepad.core.report;

import org.zepad.core.report.PictureGrid.Tile;

/** Writes pictures; small ones are enlarged with their pixels kept sharp. */
final class HtmlPictures {
  /** Both sides of a picture that is enlarged are at most so many pixels. */
  private static final int SMALL = 112;

  /** Sides of enlarged pictures are at least so many pixels, a whole multiple. */
  private static final int ENLARGED = 128;

  private HtmlPictures() {}

  static void write(HtmlWriter out, PictureGrid grid) {
    out.open("div", "class", "tiles");
    for (Tile tile : grid.tiles()) {
      out.open("div", "class", "tile");
      if (!tile.title().isEmpty()) {
        out.leaf("p", tile.title(), "class", "tile-title");
      }
      out.open("div", "class", "pictures");
      tile.pictures().forEach(picture -> picture(out, picture));
      out.close();
      out.close();
    }
    out.close();
  }

  private static void picture(HtmlWriter out, Picture picture) {
    int longest = Math.max(picture.width(), picture.height());
    boolean small = longest <= SMALL;
    int times = small ? Math.max(1, (ENLARGED + longest - 1) / longest) : 1;
    out.open("div", "class", "picture");
    out.empty(
        "img",
        "class",
        small ? "sharp" : "smooth",
        "src",
        picture.dataUri(),
        "alt",
        picture.alt(),
        "width",
        Integer.toString(times * picture.width()),
        "height",
        Integer.toString(times * picture.height()));
    picture.lines().forEach(line -> out.leaf("p", line));
    out.close();
  }
}
