package org.zepad.core.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.zepad.api.attack.ThreatModel;

/**
 * What {@code report.json} holds.
 *
 * @param schemaVersion version of the layout, {@value #SCHEMA_VERSION} when written by this version
 * @param task the task that was evaluated
 * @param provenance facts that rebuild it: seeds, configuration, data fingerprints, versions
 * @param evaluations one for each attack
 * @param worstCase for each model, its accuracy under the worst of these attacks for each image:
 *     the headline
 * @param worstCaseByThreatModel the same for each threat model by itself
 * @param comparisons defended models beside undefended ones
 * @param findings self-checks, robustness curves, unusual benign images
 * @param verdicts whether defended models are more robust, or why that cannot be said
 */
public record Report(
    int schemaVersion,
    String task,
    Map<String, String> provenance,
    List<Evaluation> evaluations,
    List<Headline> worstCase,
    List<Headline> worstCaseByThreatModel,
    List<Comparison> comparisons,
    Findings findings,
    List<Verdict> verdicts) {

  /** The version that this code writes. */
  public static final int SCHEMA_VERSION = 2;

  public Report {
    provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    evaluations = List.copyOf(evaluations);
    worstCase = List.copyOf(worstCase);
    worstCaseByThreatModel = List.copyOf(worstCaseByThreatModel);
    comparisons = List.copyOf(comparisons);
    verdicts = List.copyOf(verdicts);
  }

  /**
   * The report of several evaluations of the same models on the same images.
   *
   * @param task the task that was evaluated
   * @param provenance facts that rebuild it
   * @param runs at least one; measured just now, or rebuilt from storage
   * @param findings of the self-checks; without any there is no verdict
   */
  public static Report of(
      String task, Map<String, String> provenance, List<Evaluated> runs, Findings findings) {
    List<String> names =
        runs.stream()
            .flatMap(run -> run.measured().stream())
            .map(measured -> measured.subject().name())
            .distinct()
            .toList();
    List<Headline> byThreatModel = new ArrayList<>();
    for (String name : names) {
      for (ThreatModel threatModel : ThreatModel.values()) {
        List<Evaluated> own = Threats.of(name, threatModel, runs);
        if (!own.isEmpty()) {
          byThreatModel.add(Headline.of(name, threatModel, own));
        }
      }
    }
    return new Report(
        SCHEMA_VERSION,
        task,
        provenance,
        runs.stream().map(Evaluated::evaluation).toList(),
        names.stream().map(name -> Headline.of(name, runs)).toList(),
        byThreatModel,
        Comparison.all(runs),
        findings,
        Verdicts.of(runs, findings));
  }
}
