package org.zepad.core.experiment;

import java.util.List;
import java.util.function.Function;

/** Names in a grid, which become parts of file names. */
final class GridNames {
  private GridNames() {}

  static void require(String what, String name) {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          what + " needs a name in lower-case kebab letters, got '" + name + "'");
    }
  }

  static <T> void requireDifferent(String what, List<T> entries, Function<T, String> name) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a grid needs at least one entry under '" + what + "'");
    }
    List<String> names = entries.stream().map(name).toList();
    names.stream()
        .filter(n -> names.indexOf(n) != names.lastIndexOf(n))
        .findFirst()
        .ifPresent(
            twice -> {
              throw new IllegalArgumentException(
                  "two entries under '" + what + "' are called '" + twice + "'; give them names");
            });
  }
}
