package org.zepad.core.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.evaluate.Benign;
import org.zepad.core.evaluate.Comparison;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Report;

/**
 * Two models of an experiment beside each other, image by image, in every seed: who is right more
 * often by more than chance (McNemar's exact test, p below 0.05).
 *
 * @param victim the name of the victim
 * @param task the name of the task
 * @param on {@value #BENIGN} images, or the worst case of a threat model
 * @param a one model
 * @param b the other
 * @param seeds in how many seeds they met
 * @param aWins in how many a is better
 * @param bWins in how many b is better
 */
public record Duel(
    String victim, String task, String on, String a, String b, int seeds, int aWins, int bWins) {
  /** Clean images. */
  public static final String BENIGN = "benign";

  /** Adds up the seeds. */
  static final class Counter {
    private final Map<List<String>, int[]> counts = new LinkedHashMap<>();

    void add(Collector.Key key, Report report, List<Evaluated> runs) {
      List<String> models = report.worstCase().stream().map(headline -> headline.name()).toList();
      for (int i = 0; i < models.size(); i++) {
        for (int j = i + 1; j < models.size(); j++) {
          String a = models.get(i);
          String b = models.get(j);
          Benign benign = Benign.of(a, b, runs);
          count(key, BENIGN, a, b, benign.aIsBetter(), benign.bIsBetter());
          for (ThreatModel threatModel : ThreatModel.values()) {
            Optional<Comparison> worst = Comparison.worstCase(a, b, threatModel, runs);
            worst.ifPresent(
                duel ->
                    count(
                        key,
                        threatModel.name().toLowerCase(Locale.ROOT),
                        a,
                        b,
                        duel.aIsBetter(),
                        duel.bIsBetter()));
          }
        }
      }
    }

    private void count(
        Collector.Key key, String on, String a, String b, boolean aWins, boolean bWins) {
      int[] count =
          counts.computeIfAbsent(List.of(key.victim(), key.task(), on, a, b), place -> new int[3]);
      count[0]++;
      count[1] += aWins ? 1 : 0;
      count[2] += bWins ? 1 : 0;
    }

    List<Duel> duels() {
      List<Duel> duels = new ArrayList<>();
      counts.forEach(
          (place, count) ->
              duels.add(
                  new Duel(
                      place.get(0),
                      place.get(1),
                      place.get(2),
                      place.get(3),
                      place.get(4),
                      count[0],
                      count[1],
                      count[2])));
      return duels;
    }
  }
}
