package org.zepad.core.present;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zepad.core.evaluate.Comparison;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Figures;
import org.zepad.core.evaluate.Headline;
import org.zepad.core.evaluate.Report;
import org.zepad.core.report.Cell;
import org.zepad.core.report.Column;
import org.zepad.core.report.DataTable;

/** Tables of benign accuracy, robust accuracy and attack success. */
final class AccuracyTables {
  private AccuracyTables() {}

  /** Models in rows, attacks in columns, as in a paper. */
  static DataTable overview(Report report) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("model")));
    columns.add(Column.rate("BA").highestIsBest());
    Map<String, List<Cell>> rows = new LinkedHashMap<>();
    for (Evaluation evaluation : report.evaluations()) {
      for (Figures figures : evaluation.figures()) {
        rows.computeIfAbsent(
            figures.name(),
            name ->
                new ArrayList<>(List.of(Cell.text(name), Words.share(figures.benignAccuracy()))));
      }
    }
    for (Evaluation evaluation : report.evaluations()) {
      columns.add(Column.rate("RA").in(Words.attack(evaluation)).highestIsBest());
      columns.add(Column.rate("ASR").in(Words.attack(evaluation)).lowestIsBest());
      rows.forEach(
          (name, cells) -> {
            Figures figures = figures(evaluation, name);
            cells.add(figures == null ? Cell.empty() : Words.share(figures.robustAccuracy()));
            cells.add(figures == null ? Cell.empty() : Words.share(figures.attackSuccess()));
          });
    }
    return new DataTable(
            "Accuracy on benign images (BA), under attack (RA), and share of changed predictions"
                + " (ASR), in percent with 95% intervals, of "
                + report.evaluations().get(0).images()
                + " test images",
            columns,
            rows.values().stream().map(cells -> new DataTable.Row("", cells)).toList())
        .withBestMarked();
  }

  private static @Nullable Figures figures(Evaluation evaluation, String model) {
    return evaluation.figures().stream()
        .filter(figures -> figures.name().equals(model))
        .findFirst()
        .orElse(null);
  }

  /** The worst case for each image, by what the attacker holds. */
  static DataTable worstCase(Report report) {
    List<DataTable.Row> rows = new ArrayList<>();
    for (Headline headline : report.worstCaseByThreatModel()) {
      rows.add(
          new DataTable.Row(
              Words.kebab(headline.threatModels().iterator().next()),
              List.of(
                  Cell.text(headline.name()),
                  Words.share(headline.robustAccuracy()),
                  Cell.text(String.join(", ", headline.attacks())))));
    }
    return new DataTable(
        "Robust accuracy under the worst attack for each image, by threat model",
        List.of(Column.text("model"), Column.rate("RA"), Column.text("attacks")),
        rows);
  }

  /** Defended models beside the undefended one, image by image. */
  static DataTable comparisons(Report report) {
    List<DataTable.Row> rows = new ArrayList<>();
    for (Comparison one : report.comparisons()) {
      String attack = one.attack();
      rows.add(
          new DataTable.Row(
              Words.kebab(one.threatModel()),
              List.of(
                  Cell.text(one.a()),
                  Cell.text(attack == null ? "worst case" : attack),
                  Words.share(one.robustA()),
                  Words.share(one.robustB()),
                  Cell.number(one.onlyA()),
                  Cell.number(one.onlyB()),
                  Cell.number(one.p()))));
    }
    return new DataTable(
        "Defended models beside the undefended one: images that only one of the two classifies"
            + " rightly, and McNemar's exact test",
        List.of(
            Column.text("model"),
            Column.text("attack"),
            Column.rate("RA"),
            Column.rate("RA undefended"),
            Column.number("only model", 0),
            Column.number("only undefended", 0),
            Column.number("p", 4)),
        rows);
  }
}
