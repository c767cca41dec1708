package org.zepad.datasets.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.zepad.api.ZepadException;

/** The folders in which a data set is looked for, the likeliest first. */
public final class Places {
  private Places() {}

  /**
   * The folder that the option names; without it the data set's own names below the data root, then
   * the root. Each of these is preceded by the folders that an archive of the data set unpacks to.
   *
   * @param dataset the provider's name, for messages
   * @param folder the option, absolute or below the root; empty: not given
   * @param names folders below the root to try where the option is not given
   * @param unpacked folders inside of each place, to be tried before the place itself
   * @throws ZepadException of kind USAGE if the option is no path
   */
  public static Set<Path> of(
      String dataset, String folder, Path root, List<String> names, List<String> unpacked) {
    List<Path> bases = new ArrayList<>();
    if (folder.isEmpty()) {
      names.forEach(name -> bases.add(root.resolve(name)));
      bases.add(root);
    } else {
      bases.add(path(dataset, "folder", folder, root));
    }
    Set<Path> places = new LinkedHashSet<>();
    for (Path base : bases) {
      unpacked.forEach(name -> places.add(base.resolve(name)));
      places.add(base);
    }
    return places;
  }

  /**
   * The path that an option names.
   *
   * @throws ZepadException of kind USAGE if it is no path
   */
  public static Path path(String dataset, String option, String value, Path root) {
    try {
      return root.resolve(value);
    } catch (InvalidPathException e) {
      throw ZepadException.usage(
          "the " + dataset + " option " + option + " '" + value + "' is no path: " + e.getReason());
    }
  }

  /**
   * The failure of finding nothing in any place.
   *
   * @param title the data set's name as people write it
   * @param expected what should have been there, and what to do; a sentence of its own
   */
  public static ZepadException nothing(String title, Set<Path> places, String expected) {
    StringBuilder message = new StringBuilder("no ").append(title).append(" found. Looked in:");
    places.forEach(folder -> message.append("\n  ").append(folder));
    return ZepadException.input(
        message
            .append("\n")
            .append(expected)
            .append(", or name its place with the option folder")
            .toString());
  }
}
