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

  /** The Levenshtein distance: insertions, deletions and substitutions of one letter. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
