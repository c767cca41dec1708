package org.zepad.datasets.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.zepad.api.ZepadException;

/** Reads the plain files of data sets that consist of a few large ones. */
public final class Records {
  // A list of class names is short; anything longer is another file.
  private static final long MAX_NAMES = 1 << 20;

  private Records() {}

  /**
   * Maps a file of records of equal length into memory. Reads by position are thread-safe.
   *
   * @param record bytes in each
   * @param what the file should be, for messages
   * @param officially the length of the official file, for messages
   * @throws ZepadException of kind INPUT if the file cannot be read, is empty, or ends within a
   *     record
   */
  public static ByteBuffer map(Path file, int record, String what, String officially) {
    try (FileChannel channel = FileChannel.open(file)) {
      long length = channel.size();
      if (length == 0 || length % record != 0 || length > Integer.MAX_VALUE) {
        throw ZepadException.input(
            file
                + " is truncated or no "
                + what
                + ": it has "
                + length
                + " bytes, expected a multiple of "
                + record
                + " ("
                + officially
                + "). Unpack it again");
      }
      return channel.map(MapMode.READ_ONLY, 0, length);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Reads class names, one a line in label order. Empty lines are left out.
   *
   * @throws ZepadException of kind INPUT if the file cannot be read or holds other than the wanted
   *     number of different names
   */
  public static List<String> names(Path file, int classes) {
    List<String> names;
    try {
      if (Files.size(file) > MAX_NAMES) {
        throw ZepadException.input(
            file + " has " + Files.size(file) + " bytes, too many for a list of class names");
      }
      names =
          Files.readAllLines(file).stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (names.size() != classes || Set.copyOf(names).size() != names.size()) {
      throw ZepadException.input(
          file
              + " must hold the "
              + classes
              + " different class names, one a line; it holds "
              + names);
    }
    return names;
  }

  /** The failure of reading a file. */
  public static ZepadException unreadable(Path file, Exception e) {
    return ZepadException.input("cannot read " + file + ": " + e, e);
  }
}
