package org.zepad.core.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.evaluate.Verdict;
import org.zepad.core.present.Words;
import org.zepad.core.report.Element;
import org.zepad.core.report.Notice;

/**
 * Verdicts over the seeds: which defences are more robust, which are not, which have no verdict.
 */
final class ExperimentVerdicts {
  private final List<String> better = new ArrayList<>();
  private final List<String> notBetter = new ArrayList<>();
  private final List<String> withheld = new ArrayList<>();

  private int seeds;

  private ExperimentVerdicts() {}

  private record Place(String victim, String task) {}

  /** At most three notices for each victim, task and threat model. */
  static List<Element> of(List<ExperimentResult.Group> groups) {
    Map<Place, Map<ThreatModel, Map<String, List<Verdict>>>> places = new LinkedHashMap<>();
    for (ExperimentResult.Group group : groups) {
      for (Verdict verdict : group.report().verdicts()) {
        places
            .computeIfAbsent(
                new Place(group.victim(), group.report().task()), place -> new TreeMap<>())
            .computeIfAbsent(verdict.threatModel(), threatModel -> new LinkedHashMap<>())
            .computeIfAbsent(verdict.model(), model -> new ArrayList<>())
            .add(verdict);
      }
    }
    List<Element> notices = new ArrayList<>();
    places.forEach(
        (place, threatModels) ->
            threatModels.forEach(
                (threatModel, models) -> {
                  String held = Words.kebab(threatModel);
                  String where =
                      places.size() == 1
                          ? held
                          : "%s, victim %s, %s".formatted(place.task(), place.victim(), held);
                  notices.addAll(of(models).notices(where));
                }));
    return notices;
  }

  private static ExperimentVerdicts of(Map<String, List<Verdict>> models) {
    ExperimentVerdicts all = new ExperimentVerdicts();
    models.forEach(
        (model, verdicts) -> {
          Set<String> flags = new TreeSet<>();
          verdicts.forEach(verdict -> flags.addAll(verdict.withheldBy()));
          long wins = verdicts.stream().filter(v -> v.comparison().aIsBetter()).count();
          long losses = verdicts.stream().filter(v -> v.comparison().bIsBetter()).count();
          all.seeds = Math.max(all.seeds, verdicts.size());
          if (!flags.isEmpty()) {
            all.withheld.add(model + " (" + String.join(", ", flags) + ")");
          } else if (wins == verdicts.size()) {
            all.better.add(model);
          } else {
            all.notBetter.add(model + " " + counts(wins, losses, verdicts.size()));
          }
        });
    return all;
  }

  private static String counts(long wins, long losses, int seeds) {
    return losses == 0
        ? "(in %d of %d seeds)".formatted(wins, seeds)
        : "(in %d of %d seeds, and less robust in %d)".formatted(wins, seeds, losses);
  }

  private List<Element> notices(String where) {
    List<Element> notices = new ArrayList<>();
    if (!better.isEmpty()) {
      String names = String.join(", ", better);
      notices.add(
          seeds > 1
              ? Notice.good(
                  where + ":", "more robust than the undefended victim in every seed: " + names)
              : Notice.plain(
                  where + ":",
                  "more robust than the undefended victim in the only seed, which says little of"
                      + " the method: "
                      + names));
    }
    if (!notBetter.isEmpty()) {
      notices.add(
          Notice.plain(
              where + ":",
              "not more robust than the undefended victim in every seed: "
                  + String.join(", ", notBetter)));
    }
    if (!withheld.isEmpty()) {
      notices.add(
          Notice.warn(
              where + ":", "no verdict, for the flags raised: " + String.join(", ", withheld)));
    }
    return notices;
  }
}
