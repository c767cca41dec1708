package org.zepad.core.experiment;

import static java.util.Comparator.naturalOrder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
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

  /**
   * The rows by the threat model of their attacks: a table of all attacks would be too wide to
   * read. The undefended victim is public: what is made against each model is "transfer" for it.
   */
  private static Map<ThreatModel, List<ExperimentResult.Row>> threats(
      List<ExperimentResult.Row> rows) {
    Map<String, ThreatModel> attacks = new LinkedHashMap<>();
    for (ExperimentResult.Row row : rows) {
      attacks.merge(row.attack(), row.threatModel(), BinaryOperator.maxBy(naturalOrder()));
    }
    Map<ThreatModel, List<ExperimentResult.Row>> threats = new TreeMap<>();
    for (ExperimentResult.Row row : rows) {
      if (!worst(row)) {
        threats
            .computeIfAbsent(
                Objects.requireNonNull(attacks.get(row.attack())), t -> new ArrayList<>())
            .add(row);
      }
    }
    return threats;
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

  /** Models in rows, attacks in columns, as in a paper. */
  static List<DataTable> papers(ExperimentResult result) {
    return tables(
        result,
        "robust accuracy (RA) and attack success (ASR) in percent, means of %d seeds and standard"
            + " deviations",
        row -> true,
        List.of(Column.rate("RA").highestIsBest(), Column.rate("ASR").lowestIsBest()),
        List.of(row -> mean(row.robustAccuracy()), row -> mean(row.attackSuccess())));
  }

  /** In how many seeds a defence differs from the undefended victim. */
  static List<DataTable> significance(ExperimentResult result) {
    return tables(
        result,
        "in how many of %d seeds robust accuracy is significantly better / worse than the"
            + " undefended victim's (McNemar)",
        row -> true,
        List.of(Column.number("", 0)),
        List.of(ExperimentTables::wins));
  }

  /** AUROC of those that detect; nothing where nothing does. */
  static List<DataTable> detection(ExperimentResult result) {
    return tables(
        result,
        "area under the detector's ROC curve (AUROC) in percent, means of %d seeds and standard"
            + " deviations; 50 is a guess",
        row -> row.auroc().n() > 0,
        List.of(Column.rate("").highestIsBest()),
        List.of(row -> mean(row.auroc())));
  }

  /**
   * A table for each victim, task and threat model.
   *
   * @param caption with a place for the number of seeds
   */
  private static List<DataTable> tables(
      ExperimentResult result,
      String caption,
      Predicate<ExperimentResult.Row> which,
      List<Column> perAttack,
      List<Figure> figures) {
    List<DataTable> tables = new ArrayList<>();
    places(result)
        .forEach(
            (place, all) ->
                threats(all.stream().filter(which).toList())
                    .forEach(
                        (threatModel, rows) ->
                            tables.add(
                                table(
                                    "%s, threat model %s: %s"
                                        .formatted(
                                            place.named(),
                                            Words.kebab(threatModel),
                                            caption.formatted(seeds(rows))),
                                    rows,
                                    perAttack,
                                    figures))));
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
    Set<String> attacks = new LinkedHashSet<>();
    Map<String, Map<String, ExperimentResult.Row>> models = new LinkedHashMap<>();
    for (ExperimentResult.Row row : rows) {
      attacks.add(attack(row));
      models.computeIfAbsent(row.model(), m -> new LinkedHashMap<>()).put(attack(row), row);
    }
    boolean alone = perAttack.size() == 1;
    List<Column> columns = new ArrayList<>(List.of(Column.text("model")));
    if (!alone) {
      columns.add(Column.rate("BA").highestIsBest());
    }
    attacks.forEach(attack -> perAttack.forEach(column -> columns.add(headed(column, attack))));
    List<DataTable.Row> lines = new ArrayList<>();
    models.forEach(
        (model, ofModel) -> {
          List<Cell> cells = new ArrayList<>(List.of(Cell.text(model)));
          if (!alone) {
            cells.add(mean(ofModel.values().iterator().next().benignAccuracy()));
          }
          for (String attack : attacks) {
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

  /** A column without a title has the attack for its title. */
  private static Column headed(Column column, String attack) {
    return column.title().isEmpty()
        ? new Column("", attack, column.kind(), column.digits(), column.best())
        : column.in(attack);
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
