package org.zepad.core.present;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.evaluate.Comparison;
import org.zepad.core.evaluate.Figures;
import org.zepad.core.evaluate.Flag;
import org.zepad.core.evaluate.Report;
import org.zepad.core.metrics.Rate;
import org.zepad.core.report.Cell;
import org.zepad.core.report.Column;
import org.zepad.core.report.DataTable;

/** Tables of benign accuracy, robust accuracy and attack success. */
final class AccuracyTables {
  private AccuracyTables() {}

  /** The headline: each model in the worst case of each threat model. */
  static DataTable worstCase(Report report) {
    Set<ThreatModel> threatModels = new TreeSet<>();
    report.worstCaseByThreatModel().forEach(one -> threatModels.addAll(one.threatModels()));
    List<Column> columns = new ArrayList<>(List.of(Column.text("model")));
    columns.add(Column.rate("BA").highestIsBest());
    threatModels.forEach(
        threatModel ->
            columns.add(
                Column.rate(Words.kebab(threatModel)).in("RA in the worst case").highestIsBest()));
    List<DataTable.Row> rows = new ArrayList<>();
    for (String model : AttackColumn.models(report)) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.text(model)));
      cells.add(Words.share(benign(report, model)));
      for (ThreatModel threatModel : threatModels) {
        cells.add(
            report.worstCaseByThreatModel().stream()
                .filter(one -> one.name().equals(model))
                .filter(one -> one.threatModels().contains(threatModel))
                .map(one -> Words.share(one.robustAccuracy()))
                .findFirst()
                .orElse(Cell.empty()));
      }
      rows.add(new DataTable.Row("", cells));
    }
    return new DataTable(
            "Benign accuracy (BA), and robust accuracy (RA) in the worst case of each threat model:"
                + " the share of images that are classified rightly under every one of its attacks."
                + " In percent with 95% intervals; the best in bold",
            columns, rows)
        .withBestMarked();
  }

  private static Rate benign(Report report, String model) {
    return report.evaluations().stream()
        .flatMap(evaluation -> evaluation.figures().stream())
        .filter(figures -> figures.name().equals(model))
        .map(Figures::benignAccuracy)
        .findFirst()
        .orElseThrow();
  }

  /** Models in rows, attacks in columns, as in a paper; a table for each threat model. */
  static List<DataTable> overview(Report report) {
    Map<ThreatModel, List<AttackColumn>> byThreatModel = new TreeMap<>();
    for (AttackColumn attack : AttackColumn.of(report)) {
      byThreatModel.computeIfAbsent(attack.threatModel(), t -> new ArrayList<>()).add(attack);
    }
    List<DataTable> tables = new ArrayList<>();
    byThreatModel.forEach(
        (threatModel, attacks) -> tables.add(overview(report, threatModel, attacks)));
    return tables;
  }

  private static DataTable overview(
      Report report, ThreatModel threatModel, List<AttackColumn> attacks) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("model")));
    columns.add(Column.rate("BA").highestIsBest());
    for (AttackColumn attack : attacks) {
      columns.add(Column.rate("RA").in(attack.name()).highestIsBest());
      columns.add(Column.rate("ASR").in(attack.name()).lowestIsBest());
    }
    List<DataTable.Row> rows = new ArrayList<>();
    for (String model : AttackColumn.models(report)) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.text(model)));
      cells.add(Words.share(benign(report, model)));
      for (AttackColumn attack : attacks) {
        Figures figures = attack.figures(model);
        cells.add(figures == null ? Cell.empty() : Words.share(figures.robustAccuracy()));
        cells.add(figures == null ? Cell.empty() : Words.share(figures.attackSuccess()));
      }
      rows.add(new DataTable.Row("", cells));
    }
    return new DataTable(
            "Threat model "
                + Words.kebab(threatModel)
                + ": robust accuracy (RA) and attack success (ASR, the share of images whose"
                + " predicted class changes) under each attack, in percent with 95% intervals",
            columns,
            rows)
        .withBestMarked();
  }

  /** What the attacks are. */
  static DataTable attacks(Report report) {
    List<AttackColumn> attacks = AttackColumn.of(report);
    boolean told = attacks.stream().allMatch(attack -> attack.name().equals(attack.stem()));
    List<Column> columns = new ArrayList<>(List.of(Column.text("attack")));
    if (!told) {
      columns.add(Column.text("as set"));
    }
    List.of("threat model", "makes use of", "budget", "flags")
        .forEach(title -> columns.add(Column.text(title)));
    List<DataTable.Row> rows = new ArrayList<>();
    for (AttackColumn attack : attacks) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.text(attack.name())));
      if (!told) {
        cells.add(Cell.text(attack.stem()));
      }
      cells.add(Cell.text(Words.kebab(attack.threatModel())));
      cells.add(Cell.text(Words.kebab(attack.first().knowledge())));
      cells.add(Cell.text(Words.budget(attack.first().budget())));
      cells.add(Cell.text(flags(attack)));
      rows.add(new DataTable.Row("", cells));
    }
    return new DataTable(
        "The attacks: what the attacker holds, what the attack makes use of, and how much it may"
            + " change",
        columns,
        rows);
  }

  private static String flags(AttackColumn attack) {
    Map<Flag, List<String>> flagged = new TreeMap<>();
    attack
        .byModel()
        .forEach(
            (model, evaluation) ->
                evaluation
                    .flags()
                    .forEach(
                        flag -> flagged.computeIfAbsent(flag, f -> new ArrayList<>()).add(model)));
    boolean one = attack.byModel().values().stream().distinct().count() == 1;
    return flagged.entrySet().stream()
        .map(
            flag ->
                Words.kebab(flag.getKey())
                    + (one ? "" : " (" + String.join(", ", flag.getValue()) + ")"))
        .collect(Collectors.joining(", "));
  }

  /** Defended models beside the undefended one, image by image. */
  static DataTable comparisons(Report report) {
    AttackNames names = new AttackNames(report.evaluations());
    boolean several = report.comparisons().stream().map(Comparison::b).distinct().count() > 1;
    List<DataTable.Row> rows = new ArrayList<>();
    for (Comparison one : report.comparisons()) {
      String attack = one.attack();
      rows.add(
          new DataTable.Row(
              several ? one.a() + " beside " + one.b() : one.a(),
              List.of(
                  Cell.text(
                      (attack == null ? "worst case" : names.of(attack))
                          + " ("
                          + Words.kebab(one.threatModel())
                          + ")"),
                  Words.share(one.robustA()),
                  Words.share(one.robustB()),
                  Cell.number(one.onlyA()),
                  Cell.number(one.onlyB()),
                  Cell.text(Words.pValue(one.p())))));
    }
    return new DataTable(
        "Defended models beside the undefended one: how many images only one of the two classifies"
            + " rightly, and p of McNemar's exact test. With everything in hand (adaptive), each"
            + " is attacked by itself",
        List.of(
            Column.text("attack"),
            Column.rate("RA defended"),
            Column.rate("RA undefended"),
            Column.number("defended", 0).in("right alone"),
            Column.number("undefended", 0).in("right alone"),
            Column.number("p", 3)),
        rows);
  }
}
