package org.zepad.core.present;

import java.util.ArrayList;
import java.util.List;
import org.zepad.core.evaluate.DetectionFigures;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Figures;
import org.zepad.core.evaluate.Report;
import org.zepad.core.report.Cell;
import org.zepad.core.report.Column;
import org.zepad.core.report.DataTable;

/** Every model under every attack in a line of its own, for spreadsheets. */
public final class FlatTable {
  private FlatTable() {}

  /** The table of one report. */
  public static DataTable of(Report report) {
    return new DataTable(
        "Every model under every attack",
        columns(),
        rows(report).stream().map(cells -> new DataTable.Row("", cells)).toList());
  }

  /** What the cells of {@link #rows} are. */
  public static List<Column> columns() {
    return List.of(
        Column.text("task"),
        Column.text("attack"),
        Column.text("threat model"),
        Column.text("norm"),
        Column.number("epsilon", 4),
        Column.text("model"),
        Column.rate("BA"),
        Column.rate("RA"),
        Column.rate("ASR"),
        Column.rate("misled among right"),
        Column.number("AUROC", 3),
        Column.rate("TPR at 5% FPR"));
  }

  /** A list of cells for each model under each attack. */
  public static List<List<Cell>> rows(Report report) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Evaluation evaluation : report.evaluations()) {
      for (Figures figures : evaluation.figures()) {
        DetectionFigures detection = figures.detection();
        rows.add(
            List.of(
                Cell.text(report.task()),
                Cell.text(evaluation.attack()),
                Cell.text(Words.kebab(evaluation.threatModel())),
                Cell.text(Words.kebab(evaluation.budget().norm())),
                Cell.number(evaluation.budget().epsilon()),
                Cell.text(figures.name()),
                Words.share(figures.benignAccuracy()),
                Words.share(figures.robustAccuracy()),
                Words.share(figures.attackSuccess()),
                Words.share(figures.misledAmongRight()),
                Cell.number(detection == null ? Double.NaN : detection.auroc()),
                detection == null ? Cell.empty() : Words.share(detection.tprAtFivePercentFpr())));
      }
    }
    return rows;
  }
}
