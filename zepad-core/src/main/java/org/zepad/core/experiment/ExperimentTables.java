package org.zepad.core.experiment;

import static java.util.Comparator.naturalOrder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.metrics.MeanDeviation;
import org.zepad.core.present.FlatTable;
import org.zepad.core.present.Words;
import org.zepad.core.report.Cell;
import org.zepad.core.report.Column;
import org.zepad.core.report.DataTable;

/** The tables of an experiment, for pages and for spreadsheets. */
final class ExperimentTables {
  private ExperimentTables() {}

  /** What stands in a cell of a table of models and attacks. */
  private interface Figure {
    Cell of(ExperimentResult.Row row);
  }

  private record Place(String task, String victim) {
    private String named() {
      return task + ", victim " + victim;
    }
  }

  private static Map<Place, List<ExperimentResult.Row>> places(ExperimentResult result) {
    Map<Place, List<ExperimentResult.Row>> places = new LinkedHashMap<>();
    for (ExperimentResult.Row row : result.summary()) {
      places.computeIfAbsent(new Place(row.task(), row.victim()), p -> new ArrayList<>()).add(row);
    }
    return places;
  }

  private static boolean worst(ExperimentResult.Row row) {
    return row.attack().equals(ExperimentResult.Row.WORST);
  }

  /** For each victim and task: models in rows, the worst case of threat models in columns. */
  static List<DataTable> worstCases(ExperimentResult result) {
    List<DataTable> tables = new ArrayList<>();
    places(result)
        .forEach(
            (place, rows) ->
                tables.add(
                    table(
                        ("%s: benign accuracy (BA), and robust accuracy (RA) under the worst, for"
                                + " each image, of the attacks of a threat model; in percent, means"
                                + " of %d seeds and standard deviations. And in how many seeds RA is"
                                + " significantly better / worse than the undefended victim's")
                            .formatted(place.named(), seeds(rows)),
                        rows.stream().filter(ExperimentTables::worst).toList(),
                        List.of(
                            Column.rate("RA").highestIsBest(), Column.number("better / worse", 0)),
                        List.of(row -> mean(row.robustAccuracy()), ExperimentTables::wins))));
    return tables;
  }

  /** For each victim and task: models in rows, attacks in columns, as in a paper. */
  static List<DataTable> papers(ExperimentResult result) {
    List<DataTable> tables = new ArrayList<>();
    places(result)
        .forEach(
            (place, rows) ->
                tables.add(
                    table(
                        ("%s: robust accuracy (RA) and attack success (ASR) in percent, means of %d"
                                + " seeds and standard deviations")
                            .formatted(place.named(), seeds(rows)),
                        rows.stream().filter(row -> !worst(row)).toList(),
                        List.of(
                            Column.rate("RA").highestIsBest(), Column.rate("ASR").lowestIsBest()),
                        List.of(
                            row -> mean(row.robustAccuracy()), row -> mean(row.attackSuccess())))));
    return tables;
  }

  /** In how many seeds a defence differs from the undefended victim. */
  static List<DataTable> significance(ExperimentResult result) {
    List<DataTable> tables = new ArrayList<>();
    places(result)
        .forEach(
            (place, rows) ->
                tables.add(
                    table(
                        ("%s: in how many of %d seeds robust accuracy is significantly better / worse"
                                + " than the undefended victim's (McNemar)")
                            .formatted(place.named(), seeds(rows)),
                        rows.stream().filter(row -> !worst(row)).toList(),
                        List.of(Column.number("", 0)),
                        List.of(ExperimentTables::wins))));
    return tables;
  }

  /** AUROC of those that detect; nothing where nothing does. */
  static List<DataTable> detection(ExperimentResult result) {
    List<DataTable> tables = new ArrayList<>();
    places(result)
        .forEach(
            (place, rows) -> {
              List<ExperimentResult.Row> detecting =
                  rows.stream().filter(row -> row.auroc().n() > 0).toList();
              if (!detecting.isEmpty()) {
                tables.add(
                    table(
                        ("%s: area under the detector's ROC curve (AUROC) in percent, means of %d seeds and"
                                + " standard deviations; 50 is a guess")
                            .formatted(place.named(), seeds(rows)),
                        detecting,
                        List.of(Column.rate("").highestIsBest()),
                        List.of(row -> mean(row.auroc()))));
              }
            });
    return tables;
  }

  private static int seeds(List<ExperimentResult.Row> rows) {
    return rows.stream().mapToInt(row -> row.benignAccuracy().n()).max().orElse(0);
  }

  private static DataTable table(
      String caption,
      List<ExperimentResult.Row> rows,
      List<Column> perAttack,
      List<Figure> figures) {
    Map<String, ThreatModel> attacks = new LinkedHashMap<>();
    Map<String, Map<String, ExperimentResult.Row>> models = new LinkedHashMap<>();
    for (ExperimentResult.Row row : rows) {
      // The undefended victim is public: what is made against each model is "transfer" for it.
      attacks.merge(attack(row), row.threatModel(), BinaryOperator.maxBy(naturalOrder()));
      models.computeIfAbsent(row.model(), m -> new LinkedHashMap<>()).put(attack(row), row);
    }
    boolean alone = perAttack.size() == 1;
    List<Column> columns = new ArrayList<>(List.of(Column.text("model")));
    if (!alone) {
      columns.add(Column.rate("BA").highestIsBest());
    }
    attacks.forEach(
        (attack, threatModel) ->
            perAttack.forEach(column -> columns.add(headed(column, attack, threatModel))));
    List<DataTable.Row> lines = new ArrayList<>();
    models.forEach(
        (model, ofModel) -> {
          List<Cell> cells = new ArrayList<>(List.of(Cell.text(model)));
          if (!alone) {
            cells.add(mean(ofModel.values().iterator().next().benignAccuracy()));
          }
          for (String attack : attacks.keySet()) {
            ExperimentResult.Row row = ofModel.get(attack);
            figures.forEach(figure -> cells.add(row == null ? Cell.empty() : figure.of(row)));
          }
          lines.add(new DataTable.Row("", cells));
        });
    return new DataTable(caption, columns, lines).withBestMarked();
  }

  /** The worst case is of a threat model, an attack has one. */
  private static String attack(ExperimentResult.Row row) {
    return worst(row) ? Words.kebab(row.threatModel()) : row.attack();
  }

  /** A column without a title has the attack for its title, below the threat model. */
  private static Column headed(Column column, String attack, ThreatModel threatModel) {
    String held = Words.kebab(threatModel);
    if (column.title().isEmpty()) {
      return new Column(held, attack, column.kind(), column.digits(), column.best());
    }
    return column.in(attack.equals(held) ? attack : attack + " (" + held + ")");
  }

  private static Cell mean(MeanDeviation figure) {
    return figure.n() == 0 ? Cell.empty() : Cell.mean(figure.mean(), figure.deviation());
  }

  private static Cell wins(ExperimentResult.Row row) {
    return row.model().equals(Grid.UNDEFENDED)
        ? Cell.empty()
        : Cell.text(row.better() + " / " + row.worse());
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
            new ArrayList<>(List.of(Cell.number((double) group.seed()), Cell.text(group.victim())));
        cells.addAll(own);
        rows.add(new DataTable.Row("", cells));
      }
    }
    return new DataTable("Every model under every attack", columns, rows);
  }
}
