package org.zepad.core.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.evaluate.Comparison;
import org.zepad.core.evaluate.DetectionFigures;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Figures;
import org.zepad.core.evaluate.Headline;
import org.zepad.core.evaluate.Report;
import org.zepad.core.metrics.MeanDeviation;

/** Counts over the seeds. */
final class Summary {
  private final Map<Place, Values> values = new LinkedHashMap<>();

  private record Place(
      String victim, String task, String attack, ThreatModel threatModel, String model) {}

  private static final class Values {
    private final List<Double> benign = new ArrayList<>();
    private final List<Double> robust = new ArrayList<>();
    private final List<Double> success = new ArrayList<>();
    private final List<Double> auroc = new ArrayList<>();
    private int better;
    private int worse;
  }

  /**
   * Adds a seed.
   *
   * @param runs its evaluations by the attack of the grid
   */
  void add(Collector.Key key, Map<String, List<Evaluated>> runs, Report report) {
    runs.forEach(
        (attack, ofAttack) ->
            ofAttack.forEach(run -> add(key, attack, run.evaluation(), report.comparisons())));
    Map<String, Double> benign = new LinkedHashMap<>();
    report
        .evaluations()
        .forEach(e -> e.figures().forEach(f -> benign.put(f.name(), f.benignAccuracy().value())));
    for (Headline worst : report.worstCaseByThreatModel()) {
      ThreatModel threatModel = worst.threatModels().iterator().next();
      Values there =
          values(
              new Place(
                  key.victim(), key.task(), ExperimentResult.Row.WORST, threatModel, worst.name()));
      there.benign.add(Objects.requireNonNull(benign.get(worst.name())));
      there.robust.add(worst.robustAccuracy().value());
      compare(there, worst.name(), null, threatModel, report.comparisons());
    }
  }

  private void add(
      Collector.Key key, String attack, Evaluation evaluation, List<Comparison> comparisons) {
    for (Figures figures : evaluation.figures()) {
      // A perturbation for a hardened encoder is a row of that defence alone.
      if (evaluation.threatModel() != ThreatModel.TRANSFER
          && !figures.name().equals(evaluation.aimedAt())) {
        continue;
      }
      Values there =
          values(
              new Place(
                  key.victim(), key.task(), attack, evaluation.threatModel(), figures.name()));
      there.benign.add(figures.benignAccuracy().value());
      there.robust.add(figures.robustAccuracy().value());
      there.success.add(figures.attackSuccess().value());
      DetectionFigures detection = figures.detection();
      if (detection != null) {
        there.auroc.add(detection.auroc());
      }
      compare(there, figures.name(), evaluation.attack(), evaluation.threatModel(), comparisons);
    }
  }

  private static void compare(
      Values there,
      String model,
      @Nullable String attack,
      ThreatModel threatModel,
      List<Comparison> comparisons) {
    for (Comparison comparison : comparisons) {
      if (comparison.a().equals(model)
          && Objects.equals(comparison.attack(), attack)
          && comparison.threatModel() == threatModel) {
        there.better += comparison.aIsBetter() ? 1 : 0;
        there.worse += comparison.bIsBetter() ? 1 : 0;
      }
    }
  }

  private Values values(Place place) {
    return values.computeIfAbsent(place, p -> new Values());
  }

  /** A row for each place, in the order in which they came. */
  List<ExperimentResult.Row> rows() {
    List<ExperimentResult.Row> rows = new ArrayList<>();
    values.forEach(
        (place, v) ->
            rows.add(
                new ExperimentResult.Row(
                    place.victim(),
                    place.task(),
                    place.attack(),
                    place.threatModel(),
                    place.model(),
                    figure(v.benign),
                    figure(v.robust),
                    figure(v.success),
                    figure(v.auroc),
                    v.better,
                    v.worse)));
    return rows;
  }

  private static MeanDeviation figure(List<Double> values) {
    return MeanDeviation.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
