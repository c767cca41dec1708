package org.zepad.core.present;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.core.evaluate.BenignShift;
import org.zepad.core.evaluate.BranchConfidences;
import org.zepad.core.evaluate.DetectionFigures;
import org.zepad.core.evaluate.Evaluation;
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

  /** Nothing where nothing detects. */
  static List<Element> of(Report report) {
    List<Element> elements = new ArrayList<>();
    DataTable table = table(report);
    if (table.rows().isEmpty()) {
      return elements;
    }
    elements.add(table);
    curves(report).forEach((model, series) -> elements.add(roc(model, series)));
    for (Evaluation evaluation : told(report)) {
      evaluation.figures().forEach(figures -> elements.addAll(histograms(evaluation, figures)));
    }
    if (!report.findings().shifts().isEmpty()) {
      elements.add(shifts(report.findings().shifts()));
    }
    return elements;
  }

  private static DataTable table(Report report) {
    List<DataTable.Row> rows = new ArrayList<>();
    for (Evaluation evaluation : report.evaluations()) {
      for (Figures figures : evaluation.figures()) {
        DetectionFigures detection = figures.detection();
        if (detection != null) {
          rows.add(
              new DataTable.Row(
                  figures.name(),
                  List.of(
                      Cell.text(Words.attack(evaluation)),
                      Cell.number(detection.auroc()),
                      Words.share(detection.tprAtOnePercentFpr()),
                      Words.share(detection.tprAtFivePercentFpr()),
                      Words.share(detection.falsePositives()),
                      Words.share(detection.truePositives()),
                      Words.share(detection.jointAccuracy()))));
        }
      }
    }
    return new DataTable(
        "Detection: area under the ROC curve, attacked images flagged at fixed shares of benign"
            + " ones, and the deployed threshold. Joint accuracy counts attacked images that are"
            + " classified rightly or flagged",
        List.of(
            Column.text("attack"),
            Column.number("AUROC", 3),
            Column.rate("TPR at 1% FPR"),
            Column.rate("TPR at 5% FPR"),
            Column.rate("benign flagged"),
            Column.rate("attacked flagged"),
            Column.rate("joint accuracy")),
        rows);
  }

  private static Map<String, List<LinePlot.Series>> curves(Report report) {
    Map<String, List<LinePlot.Series>> curves = new LinkedHashMap<>();
    for (Evaluation evaluation : report.evaluations()) {
      for (Figures figures : evaluation.figures()) {
        DetectionFigures detection = figures.detection();
        if (detection != null) {
          curves
              .computeIfAbsent(figures.name(), name -> new ArrayList<>())
              .add(
                  new LinePlot.Series(
                      evaluation.attack(),
                      detection.roc().stream()
                          .map(point -> LinePlot.Point.of(point.fpr(), point.tpr()))
                          .toList()));
        }
      }
    }
    return curves;
  }

  private static Element roc(String model, List<LinePlot.Series> series) {
    return new LinePlot(
        "ROC of the detector of " + model,
        Axis.share("benign images flagged"),
        Axis.share("attacked images flagged"),
        series,
        true);
  }

  /** One evaluation of each threat model, noise left out: more would bury the reader. */
  private static List<Evaluation> told(Report report) {
    Map<Object, Evaluation> first = new LinkedHashMap<>();
    report.evaluations().stream()
        .filter(evaluation -> !evaluation.baseline())
        .forEach(evaluation -> first.putIfAbsent(evaluation.threatModel(), evaluation));
    return List.copyOf(first.values());
  }

  private static List<Element> histograms(Evaluation evaluation, Figures figures) {
    List<Element> plots = new ArrayList<>();
    for (BranchConfidences branch : figures.confidences()) {
      plots.add(
          new HistogramPlot(
              "%s, branch %s (%s), under %s"
                  .formatted(
                      figures.name(),
                      branch.branch(),
                      Words.kebab(branch.role()),
                      evaluation.attack()),
              "confidence",
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

  private static DataTable shifts(List<BenignShift> shifts) {
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
    return new DataTable(
        "Unusual but benign images",
        List.of(Column.text("images"), Column.rate("flagged"), Column.rate("accuracy")),
        rows);
  }
}
