package org.zepad.core.experiment;

import java.util.List;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.evaluate.Report;
import org.zepad.core.metrics.MeanDeviation;

/**
 * What an experiment found.
 *
 * @param groups a report for each seed, victim and task
 * @param summary a row for each victim, task, attack and model, over the seeds
 * @param duels each model beside each other one
 * @param missing the cells that are not there
 */
public record ExperimentResult(
    List<Group> groups, List<Row> summary, List<Duel> duels, List<String> missing) {
  public ExperimentResult {
    groups = List.copyOf(groups);
    summary = List.copyOf(summary);
    duels = List.copyOf(duels);
    missing = List.copyOf(missing);
  }

  /**
   * Every attack on every model of one seed, victim and task.
   *
   * @param victim the name of the victim
   */
  public record Group(long seed, String victim, Report report) {}

  /**
   * A model under an attack, over the seeds; shares lie in [0, 1].
   *
   * @param victim the name of the victim
   * @param task the name of the task
   * @param attack the name of the attack, or {@value #WORST} of a threat model
   * @param threatModel what the attacker holds
   * @param model the name of the defence
   * @param benignAccuracy BA
   * @param robustAccuracy RA
   * @param attackSuccess ASR; no seeds for the worst case
   * @param auroc of the detector; no seeds where nothing detects
   * @param better in how many seeds its robust accuracy is significantly above the undefended
   *     victim's (McNemar, p below 0.05)
   * @param worse in how many it is significantly below
   */
  public record Row(
      String victim,
      String task,
      String attack,
      ThreatModel threatModel,
      String model,
      MeanDeviation benignAccuracy,
      MeanDeviation robustAccuracy,
      MeanDeviation attackSuccess,
      MeanDeviation auroc,
      int better,
      int worse) {
    /** Stands for the worst case per image over all attacks of a threat model. */
    public static final String WORST = "worst-case";
  }
}
