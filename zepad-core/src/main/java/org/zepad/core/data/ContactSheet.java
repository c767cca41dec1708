package org.zepad.core.data;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/**
 * Pictures of a data set on one sheet: a row for each class, its name before it. Which pictures is
 * drawn from a seed. One that cannot be read is a crossed box.
 */
public final class ContactSheet {
  private static final int GAP = 4;
  private static final int LEAST_ROW = 18;
  private static final int LETTER = 7;
  private static final int MOST_LETTERS = 32;
  private static final long MAX_PIXELS = 60_000_000;

  private final List<String> classes;
  private final Images images;
  private final int[][] chosen;
  private final int side;
  private boolean named = true;

  /**
   * Chooses the pictures.
   *
   * @param classes names in label order
   * @param perClass pictures in each row; fewer where a class has fewer
   * @param side of each picture in pixels; it is stretched
   * @throws ZepadException of kind USAGE if the sheet would be too large
   */
  public ContactSheet(List<String> classes, Images images, int perClass, int side, long seed) {
    this.classes = List.copyOf(classes);
    this.images = images;
    this.side = side;
    List<List<Integer>> byClass = new ArrayList<>();
    classes.forEach(name -> byClass.add(new ArrayList<>()));
    for (int i = 0; i < images.size(); i++) {
      byClass.get(images.label(i)).add(i);
    }
    this.chosen = new int[classes.size()][];
    for (int c = 0; c < chosen.length; c++) {
      int[] all = byClass.get(c).stream().mapToInt(Integer::intValue).toArray();
      Seeds.shuffle(all, Seeds.random(seed, c));
      chosen[c] = Arrays.copyOf(all, Math.min(perClass, all.length));
    }
    long width = names() + (long) perClass * (side + GAP) + GAP;
    if (width * height() > MAX_PIXELS) {
      throw ZepadException.usage(
          "a sheet of "
              + width
              + "x"
              + height()
              + " pixels is too large; choose fewer or smaller pictures");
    }
  }

  /** How many of the sheet's pictures cannot be read. */
  public int damaged() {
    return (int)
        Arrays.stream(chosen)
            .flatMapToInt(Arrays::stream)
            .filter(index -> DecodedImages.fails(images, index))
            .count();
  }

  /** Whether the names could be drawn; without any font on the machine, rows have none. */
  public boolean named() {
    return named;
  }

  private int names() {
    int longest = classes.stream().mapToInt(String::length).max().orElse(0);
    return GAP + LETTER * Math.min(MOST_LETTERS, longest) + GAP;
  }

  private int row() {
    return Math.max(LEAST_ROW, side) + GAP;
  }

  private long height() {
    return (long) classes.size() * row() + GAP;
  }

  /** The sheet as a PNG file. */
  public byte[] png() {
    int most = Arrays.stream(chosen).mapToInt(row -> row.length).max().orElse(0);
    BufferedImage sheet =
        new BufferedImage(
            names() + most * (side + GAP) + GAP, (int) height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    try {
      pen.setColor(Color.WHITE);
      pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
      for (int c = 0; c < chosen.length; c++) {
        int y = GAP + c * row();
        if (named) {
          name(pen, classes.get(c), y + (row() - GAP) / 2);
        }
        for (int n = 0; n < chosen[c].length; n++) {
          picture(sheet, pen, chosen[c][n], names() + n * (side + GAP), y);
        }
      }
    } finally {
      pen.dispose();
    }
    return PngFiles.encode(sheet);
  }

  private void name(Graphics2D pen, String name, int middle) {
    try {
      pen.setColor(Color.BLACK);
      pen.setFont(new Font(Font.MONOSPACED, Font.PLAIN, 11));
      pen.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      String shown =
          name.length() <= MOST_LETTERS ? name : name.substring(0, MOST_LETTERS - 2) + "..";
      pen.drawString(shown, GAP, middle + 4);
    } catch (RuntimeException | LinkageError | InternalError e) {
      // A machine without fonts: Java tells it in several ways. The pictures matter more.
      named = false;
    }
  }

  private void picture(BufferedImage sheet, Graphics2D pen, int index, int x, int y) {
    if (DecodedImages.fails(images, index)) {
      pen.setColor(Color.GRAY);
      pen.drawRect(x, y, side - 1, side - 1);
      pen.drawLine(x, y, x + side - 1, y + side - 1);
      pen.drawLine(x, y + side - 1, x + side - 1, y);
      return;
    }
    RgbImage image = ResizedImages.resize(images.image(index), side, Fit.STRETCH);
    byte[] planes = image.planes();
    int plane = side * side;
    for (int i = 0; i < plane; i++) {
      int rgb =
          (planes[i] & 255) << 16 | (planes[plane + i] & 255) << 8 | (planes[2 * plane + i] & 255);
      sheet.setRGB(x + i % side, y + i / side, rgb);
    }
  }
}
