package org.zepad.core.evaluate;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.metrics.Rate;

/**
 * The robust accuracy that goes into a headline, with the threat models that it holds for.
 *
 * @param name the model
 * @param robustAccuracy images classified rightly under every attack
 * @param attacks the attacks, in the order of the evaluations
 * @param threatModels what their attackers hold
 */
public record Headline(
    String name, Rate robustAccuracy, List<String> attacks, Set<ThreatModel> threatModels) {
  public Headline {
    attacks = List.copyOf(attacks);
    threatModels = Collections.unmodifiableSet(new TreeSet<>(threatModels));
  }

  /**
   * The worst case of one threat model; see {@link Comparison#worstCase} for what counts as one.
   *
   * @param runs those of the model under it, at least one
   */
  static Headline of(String name, ThreatModel threatModel, List<Evaluated> runs) {
    return new Headline(
        name,
        WorstCase.robustAccuracy(name, runs),
        runs.stream().map(run -> run.evaluation().attack()).toList(),
        Set.of(threatModel));
  }

  static Headline of(String name, List<Evaluated> runs) {
    List<Evaluation> own =
        runs.stream()
            .map(Evaluated::evaluation)
            .filter(e -> e.figures().stream().anyMatch(f -> f.name().equals(name)))
            .toList();
    return new Headline(
        name,
        WorstCase.robustAccuracy(name, runs),
        own.stream().map(Evaluation::attack).toList(),
        own.stream().map(Evaluation::threatModel).collect(Collectors.toSet()));
  }
}
