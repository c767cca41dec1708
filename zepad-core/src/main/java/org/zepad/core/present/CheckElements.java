package org.zepad.core.present;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Report;
import org.zepad.core.evaluate.RobustnessCurve;
import org.zepad.core.evaluate.Verdict;
import org.zepad.core.report.Axis;
import org.zepad.core.report.Cell;
import org.zepad.core.report.Column;
import org.zepad.core.report.DataTable;
import org.zepad.core.report.Element;
import org.zepad.core.report.LinePlot;
import org.zepad.core.report.Notice;

/** Whether figures can be believed: verdicts, flags, self-checks and curves over epsilon. */
final class CheckElements {
  private CheckElements() {}

  /** Verdicts, and the flags for which there are none. */
  static List<Element> verdicts(Report report) {
    List<Element> notices = new ArrayList<>();
    for (Verdict verdict : report.verdicts()) {
      boolean withheld = !verdict.withheldBy().isEmpty();
      notices.add(
          withheld
              ? Notice.plain("", verdict.text())
              : verdict.comparison().aIsBetter()
                  ? Notice.good("", verdict.text())
                  : Notice.warn("", verdict.text()));
    }
    for (Check check : report.findings().checks()) {
      if (check.raised()) {
        notices.add(Notice.warn(check.flag(), check.meaning()));
      }
    }
    for (Evaluation evaluation : report.evaluations()) {
      evaluation
          .flags()
          .forEach(
              flag ->
                  notices.add(Notice.warn(Words.kebab(flag), "under " + Words.attack(evaluation))));
    }
    return notices;
  }

  /** Every self-check, raised or not. */
  static DataTable checks(Report report) {
    List<DataTable.Row> rows = new ArrayList<>();
    for (Check check : report.findings().checks()) {
      rows.add(
          new DataTable.Row(
              check.subject() == null ? "all models" : check.subject(),
              List.of(
                  Cell.text(check.flag()),
                  Cell.text(Words.kebab(check.status())),
                  Cell.number(check.figure()),
                  Cell.number(check.limit()),
                  Cell.text(check.meaning()))));
    }
    return new DataTable(
        "Self-checks: signs that figures flatter a model",
        List.of(
            Column.text("flag"),
            Column.text("result"),
            Column.number("figure", 3),
            Column.number("limit", 3),
            Column.text("meaning")),
        rows);
  }

  /** Robust accuracy against epsilon, one plot for each attack. */
  static List<Element> curves(Report report) {
    Map<String, List<LinePlot.Series>> plots = new LinkedHashMap<>();
    for (RobustnessCurve curve : report.findings().curves()) {
      plots
          .computeIfAbsent(
              curve.attack() + ", " + Words.kebab(curve.norm()), name -> new ArrayList<>())
          .add(
              new LinePlot.Series(
                  curve.subject(),
                  curve.points().stream()
                      .map(
                          point ->
                              new LinePlot.Point(
                                  point.epsilon() * 255,
                                  point.robustAccuracy().value(),
                                  point.robustAccuracy().low(),
                                  point.robustAccuracy().high()))
                      .toList()));
    }
    List<Element> elements = new ArrayList<>();
    plots.forEach(
        (attack, series) ->
            elements.add(
                new LinePlot(
                    "Robust accuracy against epsilon (" + attack + ", everything in hand)",
                    Axis.linear("epsilon in grey levels of 255"),
                    Axis.share("robust accuracy"),
                    series,
                    false)));
    return elements;
  }
}
