package org.zepad.core.plugin;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Names outside of Java: lower-case kebab ASCII, and what a misspelt one may have meant. */
public final class Names {
  private Names() {}

  /** Whether a name is lower-case kebab ASCII, such as {@code moco-v2-plus}. */
  public static boolean isKebab(String name) {
    return name.matches("[a-z0-9]+(-[a-z0-9]+)*");
  }

  /** {@code stepSize} or {@code STEP_SIZE} in kebab case: {@code step-size}. */
  public static String kebab(String javaName) {
    String words =
        javaName.contains("_") || javaName.equals(javaName.toUpperCase(Locale.ROOT))
            ? javaName.replace('_', '-')
            : javaName
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2");
    return words.toLowerCase(Locale.ROOT);
  }

  /**
   * The known name that a misspelt one most likely meant.
   *
   * @return empty when none is near: more than half of the letters would have to change
   */
  public static Optional<String> nearest(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .min(
            Comparator.comparingInt((String other) -> distance(wanted, other))
                .thenComparing(Comparator.naturalOrder()))
        .filter(
            other ->
                distance(wanted, other) <= Math.max(wanted.length(), other.length()) / 2
                    || other.startsWith(wanted)
                    || wanted.startsWith(other));
  }

  /** {@code "; did you mean 'pgd'?"}, or a full stop when nothing is near. */
  public static String didYouMean(String name, Collection<String> known) {
    return nearest(name, known).map(near -> "; did you mean '" + near + "'?").orElse(".");
  }

  /** How many letters must be inserted, deleted, substituted, or swapped with their neighbour. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), cost[i - 1][j] + 1);
        best = Math.min(best, cost[i][j - 1] + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[a.length()][b.length()];
  }
}
