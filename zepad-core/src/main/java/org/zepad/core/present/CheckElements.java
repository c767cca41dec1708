package org.zepad.core.present;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Flag;
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

  /** Verdicts first, then the flags that stand against figures. */
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
        String subject = check.subject() == null ? "" : check.subject() + ": ";
        notices.add(Notice.warn(check.flag(), subject + check.meaning()));
      }
    }
    notices.addAll(attackFlags(report));
    return notices;
  }

  /** The attacks of each flag in one notice; a warning where a verdict is withheld for it. */
  private static List<Element> attackFlags(Report report) {
    AttackNames names = new AttackNames(report.evaluations());
    Map<Flag, List<String>> flagged = new TreeMap<>();
    for (Evaluation evaluation : report.evaluations()) {
      for (Flag flag : evaluation.flags()) {
        // Noise is there to be put beside attacks, and need not break anything.
        if (!evaluation.baseline() || flag == Flag.REFERENCE_ARITHMETIC) {
          flagged.computeIfAbsent(flag, f -> new ArrayList<>()).add(names.of(evaluation.attack()));
        }
      }
    }
    List<Element> notices = new ArrayList<>();
    flagged.forEach(
        (flag, attacks) -> {
          String name = Words.kebab(flag);
          boolean harmless =
              !report.verdicts().isEmpty()
                  && report.verdicts().stream().noneMatch(v -> v.withheldBy().contains(name));
          String text = Words.meaning(flag) + ": " + String.join(", ", attacks);
          notices.add(harmless ? Notice.plain(name, text) : Notice.warn(name, text));
        });
    return notices;
  }

  /** Every self-check, raised or not, by model. */
  static DataTable checks(Report report) {
    return checks(report.findings().checks(), "Self-checks: signs that figures flatter a model");
  }

  /** The self-checks that were raised, or could not be run. */
  static List<Element> failedChecks(Report report) {
    List<Check> failed =
        report.findings().checks().stream()
            .filter(check -> check.status() != Check.Status.PASSED)
            .toList();
    int all = report.findings().checks().size();
    String caption =
        "Self-checks that were raised or could not be run; %d of %d passed"
            .formatted(all - failed.size(), all);
    return failed.isEmpty() ? List.of() : List.of(checks(failed, caption));
  }

  private static DataTable checks(List<Check> checks, String caption) {
    Map<String, List<DataTable.Row>> byModel = new LinkedHashMap<>();
    for (Check check : checks) {
      String model = check.subject() == null ? "all models" : check.subject();
      byModel
          .computeIfAbsent(model, m -> new ArrayList<>())
          .add(
              new DataTable.Row(
                  model,
                  List.of(
                      Cell.text(check.flag()),
                      status(check),
                      Cell.number(check.figure()),
                      Cell.number(check.limit()),
                      Cell.text(check.meaning()))));
    }
    return new DataTable(
        caption,
        List.of(
            Column.text("flag"),
            Column.text("result"),
            Column.number("figure", 3),
            Column.number("limit", 3),
            Column.text("meaning")),
        byModel.values().stream().flatMap(List::stream).toList());
  }

  private static Cell status(Check check) {
    Cell cell = Cell.text(Words.kebab(check.status()));
    return switch (check.status()) {
      case PASSED -> cell;
      case RAISED -> cell.marked(Cell.Mark.BEST);
      case NOT_RUN -> cell.marked(Cell.Mark.MUTED);
    };
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
                    "Robust accuracy against epsilon: "
                        + attack
                        + " on each model, everything in hand",
                    Axis.linear("epsilon in grey levels of 255"),
                    Axis.share("robust accuracy"),
                    series,
                    false)));
    return elements;
  }
}
