package org.zepad.core.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zepad.core.metrics.MeanDeviation;
import org.zepad.core.present.FlatTable;
import org.zepad.core.present.Words;
import org.zepad.core.report.Cell;
import org.zepad.core.report.Column;
import org.zepad.core.report.DataTable;

/** The tables of an experiment, for pages and for spreadsheets. */
final class ExperimentTables {
  private ExperimentTables() {}

  /** For each victim and task: defences in rows, attacks in columns, means over the seeds. */
  static List<DataTable> papers(ExperimentResult result) {
    Map<String, List<ExperimentResult.Row>> places = new LinkedHashMap<>();
    for (ExperimentResult.Row row : result.summary()) {
      places
          .computeIfAbsent(row.task() + ", victim " + row.victim(), p -> new ArrayList<>())
          .add(row);
    }
    List<DataTable> tables = new ArrayList<>();
    places.forEach((place, rows) -> tables.add(paper(place, rows)));
    return tables;
  }

  private static DataTable paper(String place, List<ExperimentResult.Row> rows) {
    Set<String> attacks = new LinkedHashSet<>();
    Map<String, Map<String, ExperimentResult.Row>> models = new LinkedHashMap<>();
    for (ExperimentResult.Row row : rows) {
      attacks.add(attack(row));
      models.computeIfAbsent(row.model(), m -> new LinkedHashMap<>()).put(attack(row), row);
    }
    List<Column> columns = new ArrayList<>(List.of(Column.text("model")));
    columns.add(Column.rate("BA").highestIsBest());
    for (String attack : attacks) {
      columns.add(Column.rate("RA").in(attack).highestIsBest());
      columns.add(Column.rate("ASR").in(attack).lowestIsBest());
    }
    List<DataTable.Row> lines = new ArrayList<>();
    models.forEach(
        (model, ofModel) -> {
          List<Cell> cells = new ArrayList<>();
          cells.add(Cell.text(model));
          cells.add(mean(ofModel.values().iterator().next().benignAccuracy()));
          for (String attack : attacks) {
            ExperimentResult.Row row = ofModel.get(attack);
            cells.add(row == null ? Cell.empty() : mean(row.robustAccuracy()));
            cells.add(row == null ? Cell.empty() : mean(row.attackSuccess()));
          }
          lines.add(new DataTable.Row("", cells));
        });
    int seeds = rows.stream().mapToInt(row -> row.benignAccuracy().n()).max().orElse(0);
    return new DataTable(
            "%s: benign accuracy, robust accuracy and attack success in percent, means of %d seeds"
                .formatted(place, seeds),
            columns,
            lines)
        .withBestMarked();
  }

  private static String attack(ExperimentResult.Row row) {
    return row.attack() + " (" + Words.kebab(row.threatModel()) + ")";
  }

  private static Cell mean(MeanDeviation figure) {
    return figure.n() == 0 ? Cell.empty() : Cell.share(figure.mean(), Double.NaN, Double.NaN);
  }

  /** Every row of the summary with its deviations. */
  static DataTable summary(ExperimentResult result) {
    List<DataTable.Row> rows = new ArrayList<>();
    for (ExperimentResult.Row row : result.summary()) {
      rows.add(
          DataTable.Row.of(
              Cell.text(row.victim()),
              Cell.text(row.task()),
              Cell.text(row.attack()),
              Cell.text(Words.kebab(row.threatModel())),
              Cell.text(row.model()),
              Cell.number(row.benignAccuracy().n()),
              percent(row.benignAccuracy().mean()),
              percent(row.benignAccuracy().deviation()),
              percent(row.robustAccuracy().mean()),
              percent(row.robustAccuracy().deviation()),
              percent(row.attackSuccess().mean()),
              percent(row.attackSuccess().deviation()),
              Cell.number(row.auroc().mean()),
              Cell.number(row.better()),
              Cell.number(row.worse())));
    }
    return new DataTable(
        "Means and sample standard deviations over the seeds, in percent, and in how many seeds"
            + " robust accuracy differs significantly from the undefended victim's (McNemar)",
        List.of(
            Column.text("victim"),
            Column.text("task"),
            Column.text("attack"),
            Column.text("threat model"),
            Column.text("model"),
            Column.number("seeds", 0),
            Column.number("BA", 1),
            Column.number("BA deviation", 1),
            Column.number("RA", 1),
            Column.number("RA deviation", 1),
            Column.number("ASR", 1),
            Column.number("ASR deviation", 1),
            Column.number("AUROC", 3),
            Column.number("seeds better", 0),
            Column.number("seeds worse", 0)),
        rows);
  }

  private static Cell percent(double share) {
    return Cell.number(100 * share);
  }

  /** Every cell with its counts and intervals. */
  static DataTable cells(ExperimentResult result) {
    List<Column> columns =
        new ArrayList<>(List.of(Column.number("seed", 0), Column.text("victim")));
    columns.addAll(FlatTable.columns());
    List<DataTable.Row> rows = new ArrayList<>();
    for (ExperimentResult.Group group : result.groups()) {
      for (List<Cell> own : FlatTable.rows(group.report())) {
        List<Cell> cells =
            new ArrayList<>(List.of(Cell.number(group.seed()), Cell.text(group.victim())));
        cells.addAll(own);
        rows.add(new DataTable.Row("", cells));
      }
    }
    return new DataTable("Every model under every attack", columns, rows);
  }
}
