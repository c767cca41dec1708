package org.zepad.core.evaluate;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code report.json} holds.
 *
 * @param schemaVersion version of the layout, {@value #SCHEMA_VERSION} when written by this version
 * @param task the task that was evaluated
 * @param provenance facts that rebuild it: seeds, configuration, data fingerprints, versions
 * @param evaluations one for each attack
 * @param worstCase for each model, its accuracy under the worst of these attacks for each image:
 *     the headline
 */
public record Report(
    int schemaVersion,
    String task,
    Map<String, String> provenance,
    List<Evaluation> evaluations,
    List<Headline> worstCase) {

  /** The version that this code writes. */
  public static final int SCHEMA_VERSION = 1;

  public Report {
    provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    evaluations = List.copyOf(evaluations);
    worstCase = List.copyOf(worstCase);
  }

  /**
   * The report of several evaluations of the same models on the same images.
   *
   * @param task the task that was evaluated
   * @param provenance facts that rebuild it
   * @param runs at least one
   */
  public static Report of(String task, Map<String, String> provenance, List<Evaluated> runs) {
    List<Headline> worst =
        runs.stream()
            .flatMap(run -> run.measured().stream())
            .map(measured -> measured.subject().name())
            .distinct()
            .map(name -> Headline.of(name, runs))
            .toList();
    return new Report(
        SCHEMA_VERSION, task, provenance, runs.stream().map(Evaluated::evaluation).toList(), worst);
  }
}
