package org.zepad.datasets.gtsrb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.zepad.api.ZepadException;
import org.zepad.datasets.files.Records;

/** Reads the semicolon-separated tables of annotations, one of each training class and one test. */
final class Annotations {
  private static final String HEADER = "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId";
  // The official test table, the longest, has half a million bytes.
  private static final long MAX_BYTES = 64 << 20;

  private Annotations() {}

  /**
   * Reads a table.
   *
   * @param pictures the folder of the pictures that it names
   * @throws ZepadException of kind INPUT naming the line
   */
  static List<Sign> read(Path table, Path pictures) {
    List<String> lines;
    try {
      if (Files.size(table) > MAX_BYTES) {
        throw ZepadException.input(
            table + " has " + Files.size(table) + " bytes, too many for a table of annotations");
      }
      lines = Files.readAllLines(table);
    } catch (IOException e) {
      throw Records.unreadable(table, e);
    }
    if (lines.isEmpty() || !lines.get(0).strip().equals(HEADER)) {
      throw ZepadException.input(
          table
              + " line 1 must be the header "
              + HEADER
              + (lines.isEmpty() ? "; the file is empty" : "; it is " + lines.get(0).strip())
              + ". The table without ClassId belongs to the contest; take the one of the final"
              + " test set with its ground truth");
    }
    List<Sign> signs = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty()) {
        signs.add(sign(table, i + 1, line, pictures));
      }
    }
    if (signs.isEmpty()) {
      throw ZepadException.input(table + " names no picture. Unpack it again");
    }
    return signs;
  }

  private static Sign sign(Path table, int number, String line, Path pictures) {
    String[] cells = line.split(";", -1);
    if (cells.length != 8) {
      throw wrong(table, number, "has " + cells.length + " cells, expected 8: " + HEADER);
    }
    // The table may name files of its own folder alone.
    if (!cells[0].matches("[A-Za-z0-9_-]+\\.ppm")) {
      throw wrong(table, number, "names the file '" + cells[0] + "', expected NAME.ppm");
    }
    int[] values = new int[7];
    for (int c = 0; c < values.length; c++) {
      if (!cells[c + 1].matches("[0-9]{1,6}")) {
        throw wrong(table, number, "has '" + cells[c + 1] + "' where a number is expected");
      }
      values[c] = Integer.parseInt(cells[c + 1]);
    }
    Sign sign =
        new Sign(
            pictures.resolve(cells[0]),
            values[0],
            values[1],
            values[2],
            values[3],
            values[4],
            values[5],
            values[6]);
    if (sign.label() >= SignNames.ALL.size()) {
      throw wrong(table, number, "has the class " + sign.label() + ", expected 0 to 42");
    }
    if (sign.left() >= sign.right()
        || sign.right() > sign.width()
        || sign.top() >= sign.bottom()
        || sign.bottom() > sign.height()) {
      throw wrong(table, number, "places the sign outside of the picture: " + line);
    }
    if (!Files.isRegularFile(sign.file())) {
      throw wrong(table, number, "names " + sign.file() + ", which is missing");
    }
    return sign;
  }

  private static ZepadException wrong(Path table, int number, String what) {
    return ZepadException.input(table + " line " + number + " " + what + ". Unpack GTSRB again");
  }
}
