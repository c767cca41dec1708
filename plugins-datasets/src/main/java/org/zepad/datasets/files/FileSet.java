package org.zepad.datasets.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zepad.api.ZepadException;

/**
 * The files that a data set consists of, all in one folder.
 *
 * @param title the data set's name as people write it
 * @param remedy how to get the files from the official site: a sentence without its full stop
 * @param files their names
 */
public record FileSet(String title, String remedy, List<String> files) {
  public FileSet {
    files = List.copyOf(files);
  }

  /**
   * The first place that holds any of the files; then it must hold all of them.
   *
   * @throws ZepadException of kind INPUT if files are missing there
   */
  public Optional<Path> locate(Set<Path> places) {
    for (Path folder : places) {
      List<String> missing =
          files.stream().filter(f -> !Files.isRegularFile(folder.resolve(f))).toList();
      if (missing.isEmpty()) {
        return Optional.of(folder);
      }
      if (missing.size() < files.size()) {
        throw ZepadException.input(
            title
                + " in "
                + folder
                + " is incomplete: "
                + String.join(", ", missing)
                + " missing. "
                + remedy
                + ". Its files are "
                + String.join(", ", files));
      }
    }
    return Optional.empty();
  }

  /**
   * The place that holds the files.
   *
   * @throws ZepadException of kind INPUT if there is none, naming every place, or if files are
   *     missing
   */
  public Path find(Set<Path> places) {
    return locate(places).orElseThrow(() -> nothing(places));
  }

  /** The failure of finding nothing in any place. */
  public ZepadException nothing(Set<Path> places) {
    return Places.nothing(
        title, places, "Expected there: " + String.join(", ", files) + ".\n" + remedy);
  }
}
