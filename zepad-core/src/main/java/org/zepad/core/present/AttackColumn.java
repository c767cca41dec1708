package org.zepad.core.present;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Figures;
import org.zepad.core.evaluate.Report;

/**
 * What a reader takes for one attack: the same images shown to every model, or every model attacked
 * by itself in the same way. What another model does with images that were made against one with
 * everything in hand is left to the files: it bears on no verdict.
 *
 * @param name short, without the threat model and the model that it aims at
 * @param stem as the report names it, without the model that it aims at
 * @param byModel the evaluation that counts for each model
 */
record AttackColumn(
    String name, String stem, ThreatModel threatModel, Map<String, Evaluation> byModel) {
  AttackColumn {
    byModel = Collections.unmodifiableMap(new LinkedHashMap<>(byModel));
  }

  /** The attacks of a report, in its order. */
  static List<AttackColumn> of(Report report) {
    AttackNames names = new AttackNames(report.evaluations());
    List<Evaluation> shared = new ArrayList<>();
    Map<String, Map<String, Evaluation>> single = new LinkedHashMap<>();
    for (Evaluation evaluation : report.evaluations()) {
      String target = evaluation.aimedAt();
      boolean one = target != null && AttackNames.ofOneModel(evaluation);
      if (one) {
        single
            .computeIfAbsent(AttackNames.stem(evaluation), stem -> new LinkedHashMap<>())
            .put(target, evaluation);
      }
      if (!one
          || (evaluation.threatModel() == ThreatModel.TRANSFER
              && evaluation.figures().size() > 1)) {
        shared.add(evaluation);
      }
    }
    List<AttackColumn> columns = new ArrayList<>();
    for (Evaluation evaluation : shared) {
      Map<String, Evaluation> alike = single.get(evaluation.attack());
      if (alike != null && evaluation.figures().size() == 1) {
        // A perturbation for the public victim's encoder, shown to that alone.
        alike.putIfAbsent(evaluation.figures().get(0).name(), evaluation);
      } else {
        columns.add(ofAll(names.of(evaluation.attack()), evaluation));
      }
    }
    single.forEach(
        (stem, byModel) ->
            columns.add(new AttackColumn(names.of(stem), stem, strongest(byModel), byModel)));
    return columns;
  }

  private static AttackColumn ofAll(String name, Evaluation evaluation) {
    Map<String, Evaluation> all = new LinkedHashMap<>();
    evaluation.figures().forEach(figures -> all.put(figures.name(), evaluation));
    return new AttackColumn(name, evaluation.attack(), evaluation.threatModel(), all);
  }

  /** The undefended victim is public: of attacks on it alone we read "transfer". */
  private static ThreatModel strongest(Map<String, Evaluation> byModel) {
    return byModel.values().stream()
        .map(Evaluation::threatModel)
        .max(ThreatModel::compareTo)
        .orElseThrow();
  }

  /** Any of its evaluations. */
  Evaluation first() {
    return byModel.values().iterator().next();
  }

  /** With its threat model. */
  String title() {
    return name + " (" + Words.kebab(threatModel) + ")";
  }

  /** What counts for a model; null if it was not attacked so. */
  @Nullable Figures figures(String model) {
    Evaluation evaluation = byModel.get(model);
    return evaluation == null
        ? null
        : evaluation.figures().stream()
            .filter(figures -> figures.name().equals(model))
            .findFirst()
            .orElse(null);
  }

  /** The models of a report, in its order. */
  static List<String> models(Report report) {
    return report.evaluations().stream()
        .flatMap(evaluation -> evaluation.figures().stream())
        .map(Figures::name)
        .distinct()
        .toList();
  }
}
