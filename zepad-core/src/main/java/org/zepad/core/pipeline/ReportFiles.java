package org.zepad.core.pipeline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.defence.Branch;
import org.zepad.core.attack.PerturbationFiles;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Report;
import org.zepad.core.evaluate.Reports;
import org.zepad.core.harden.TuningHistory;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.present.Context;
import org.zepad.core.present.EvaluationPage;
import org.zepad.core.present.FlatTable;
import org.zepad.core.report.Csv;
import org.zepad.core.report.Html;

/** Writes a report for programs, for spreadsheets and for people, side by side. */
final class ReportFiles {
  private ReportFiles() {}

  /**
   * Writes them, JSON last: where it is, the others are.
   *
   * @param out the JSON file; the others have its name with another ending
   */
  static void write(Report report, List<Evaluated> runs, Context context, Path out) {
    AtomicFiles.writeText(beside(out, ".csv"), Csv.render(FlatTable.of(report)));
    AtomicFiles.writeText(
        beside(out, ".html"), Html.render(EvaluationPage.of(report, runs, context)));
    Reports.write(report, out);
  }

  private static Path beside(Path out, String ending) {
    String name = String.valueOf(out.getFileName());
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    return out.resolveSibling(stem + ending);
  }

  /** The course of every fine-tuning in these bundles, by model and branch. */
  static Map<String, String> histories(OpenModels models) {
    Map<String, String> histories = new LinkedHashMap<>();
    for (OpenModels.Model model : models.models()) {
      for (Branch branch : model.bundle().branches()) {
        String history = branch.encoder().info().provenance().get(TuningHistory.KEY);
        if (history != null) {
          histories.put(model.name() + ", branch " + branch.name(), history);
        }
      }
    }
    return histories;
  }

  /** The pictures of perturbations, by their files' names. */
  static Map<String, Path> pictures(List<Path> perturbations) {
    Map<String, Path> pictures = new LinkedHashMap<>();
    perturbations.forEach(
        file -> pictures.put(String.valueOf(file.getFileName()), PerturbationFiles.picture(file)));
    return pictures;
  }
}
