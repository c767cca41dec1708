package org.zepad.core.present;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.evaluate.BenignShift;
import org.zepad.core.evaluate.BranchConfidences;
import org.zepad.core.evaluate.DetectionFigures;
import org.zepad.core.evaluate.Figures;
import org.zepad.core.evaluate.Report;
import org.zepad.core.metrics.Histogram;
import org.zepad.core.report.Axis;
import org.zepad.core.report.Cell;
import org.zepad.core.report.Column;
import org.zepad.core.report.DataTable;
import org.zepad.core.report.Element;
import org.zepad.core.report.HistogramPlot;
import org.zepad.core.report.LinePlot;

/** How well adversarial examples are told from benign images. */
final class DetectionElements {
  private DetectionElements() {}

  /**
   * Nothing where nothing detects.
   *
   * @param all whether confidences are shown under each threat model, or the strongest alone
   */
  static List<Element> of(Report report, boolean all) {
    List<Element> elements = new ArrayList<>(table(report));
    if (!elements.isEmpty()) {
      for (String model : AttackColumn.models(report)) {
        elements.addAll(roc(report, model));
      }
      for (String model : AttackColumn.models(report)) {
        List<AttackColumn> told = told(report, model);
        told.subList(all || told.isEmpty() ? 0 : told.size() - 1, told.size())
            .forEach(attack -> elements.addAll(histograms(attack, model)));
      }
    }
    return elements;
  }

  /** Figures alone, without plots; nothing where nothing detects. */
  static List<Element> table(Report report) {
    List<DataTable.Row> rows = new ArrayList<>();
    for (String model : AttackColumn.models(report)) {
      for (AttackColumn attack : AttackColumn.of(report)) {
        DetectionFigures detection = detection(attack, model);
        if (detection != null) {
          rows.add(
              new DataTable.Row(
                  model,
                  List.of(
                      Cell.text(attack.title()),
                      Cell.share(detection.auroc(), Double.NaN, Double.NaN),
                      Words.share(detection.tprAtOnePercentFpr()),
                      Words.share(detection.tprAtFivePercentFpr()),
                      Words.share(detection.falsePositives()),
                      Words.share(detection.truePositives()),
                      Words.share(detection.jointAccuracy()))));
        }
      }
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    return List.of(
        new DataTable(
            "Detection, in percent: area under the ROC curve (AUROC), attacked images flagged (TPR) where 1% or"
                + " 5% of benign ones are, and what the deployed threshold flags. Joint accuracy"
                + " counts attacked images that are classified rightly or flagged",
            List.of(
                Column.text("attack"),
                Column.rate("AUROC"),
                Column.rate("TPR at 1%"),
                Column.rate("TPR at 5%"),
                Column.rate("benign").in("flagged as deployed"),
                Column.rate("attacked").in("flagged as deployed"),
                Column.rate("joint accuracy")),
            rows));
  }

  private static @Nullable DetectionFigures detection(AttackColumn attack, String model) {
    Figures figures = attack.figures(model);
    return figures == null ? null : figures.detection();
  }

  private static List<Element> roc(Report report, String model) {
    List<LinePlot.Series> series = new ArrayList<>();
    for (AttackColumn attack : AttackColumn.of(report)) {
      DetectionFigures detection = detection(attack, model);
      if (detection != null) {
        series.add(
            new LinePlot.Series(
                attack.title(),
                detection.roc().stream()
                    .map(point -> LinePlot.Point.of(point.fpr(), point.tpr()))
                    .toList()));
      }
    }
    return series.isEmpty()
        ? List.of()
        : List.of(
            new LinePlot(
                "ROC of the detector of " + model,
                Axis.share("benign images flagged"),
                Axis.share("attacked images flagged"),
                series,
                true));
  }

  /**
   * One attack of each threat model, the strongest last; noise left out: more would bury the
   * reader.
   */
  private static List<AttackColumn> told(Report report, String model) {
    Map<ThreatModel, AttackColumn> first = new EnumMap<>(ThreatModel.class);
    AttackColumn.of(report).stream()
        .filter(attack -> !attack.first().baseline() && detection(attack, model) != null)
        .forEach(attack -> first.putIfAbsent(attack.threatModel(), attack));
    return List.copyOf(first.values());
  }

  private static List<Element> histograms(AttackColumn attack, String model) {
    Figures figures = Objects.requireNonNull(attack.figures(model));
    List<Element> plots = new ArrayList<>();
    for (BranchConfidences branch : figures.confidences()) {
      plots.add(
          new HistogramPlot(
              "Confidences of %s, branch %s (%s), under %s"
                  .formatted(model, branch.branch(), Words.kebab(branch.role()), attack.title()),
              "confidence of the branch",
              edges(branch.benign()),
              List.of(counts("benign", branch.benign()), counts("attacked", branch.attacked()))));
    }
    return plots;
  }

  private static List<Double> edges(Histogram histogram) {
    List<Double> edges = new ArrayList<>();
    int bins = histogram.counts().size();
    for (int i = 0; i <= bins; i++) {
      edges.add(histogram.low() + (histogram.high() - histogram.low()) * i / bins);
    }
    return edges;
  }

  private static HistogramPlot.Counts counts(String name, Histogram histogram) {
    return new HistogramPlot.Counts(
        name, histogram.counts().stream().map(Integer::longValue).toList());
  }

  /** What becomes of benign images that are unusual; nothing if that was not asked. */
  static List<Element> shifts(Report report) {
    List<BenignShift> shifts = report.findings().shifts();
    if (shifts.isEmpty()) {
      return List.of();
    }
    List<DataTable.Row> rows = new ArrayList<>();
    for (BenignShift shift : shifts) {
      rows.add(
          new DataTable.Row(
              shift.subject(),
              List.of(
                  Cell.text(shift.shift()),
                  shift.falsePositives() == null
                      ? Cell.empty()
                      : Words.share(shift.falsePositives()),
                  shift.accuracy() == null ? Cell.empty() : Words.share(shift.accuracy()))));
    }
    List<String> models = AttackColumn.models(report);
    rows.sort(Comparator.comparing(row -> models.indexOf(row.group())));
    return List.of(
        new DataTable(
            "Benign images that are unusual: how many the deployed threshold flags, and accuracy",
            List.of(Column.text("images"), Column.rate("flagged"), Column.rate("accuracy")),
            rows));
  }
}
