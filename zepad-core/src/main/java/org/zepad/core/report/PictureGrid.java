package org.zepad.core.report;

import java.util.List;

/**
 * Pictures beside each other.
 *
 * @param caption what they show
 * @param tiles each kept together, such as an image before and after
 */
public record PictureGrid(String caption, List<Tile> tiles) implements Element {
  public PictureGrid {
    tiles = List.copyOf(tiles);
  }

  /**
   * Pictures that belong together, in one row.
   *
   * @param title above them, may be empty
   */
  public record Tile(String title, List<Picture> pictures) {
    public Tile {
      pictures = List.copyOf(pictures);
    }
  }
}
