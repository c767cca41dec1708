package org.zepad.core.present;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.zepad.core.evaluate.Evaluation;

/**
 * Names of attacks, short enough for headings: without the options and files that a report names
 * them by, where they can be told apart without.
 */
final class AttackNames {
  private static final Pattern DETAILS = Pattern.compile(" (\\{.*}|\\(.*\\))$");
  private static final Pattern ENDING = Pattern.compile("\\.safetensors\\)$");

  private final Map<String, String> shortened = new HashMap<>();

  /** The names in these evaluations. */
  AttackNames(List<Evaluation> evaluations) {
    Map<String, Set<String>> alike = new HashMap<>();
    for (Evaluation evaluation : evaluations) {
      String stem = stem(evaluation);
      alike.computeIfAbsent(plain(stem), name -> new HashSet<>()).add(stem);
    }
    for (Evaluation evaluation : evaluations) {
      String stem = stem(evaluation);
      boolean alone = alike.getOrDefault(plain(stem), Set.of()).size() == 1;
      String name = alone ? plain(stem) : ENDING.matcher(stem).replaceFirst(")");
      shortened.put(stem, name);
      shortened.put(evaluation.attack(), name + evaluation.attack().substring(stem.length()));
    }
  }

  private static String plain(String stem) {
    return DETAILS.matcher(stem).replaceFirst("");
  }

  /** Whether each model is attacked by itself, and this is the run of one of them. */
  static boolean ofOneModel(Evaluation evaluation) {
    return !stem(evaluation).equals(evaluation.attack());
  }

  /** The name without the model that it aims at. */
  static String stem(Evaluation evaluation) {
    String attack = evaluation.attack();
    String target = " on " + evaluation.aimedAt();
    return attack.endsWith(target)
        ? attack.substring(0, attack.length() - target.length())
        : attack;
  }

  /** A name or stem of the report, shortened; others as they are. */
  String of(String attack) {
    return shortened.getOrDefault(attack, attack);
  }
}
