package org.zepad.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.zepad.core.experiment.ExperimentResult;
import org.zepad.core.experiment.JobFailure;
import org.zepad.core.experiment.Outlook;
import org.zepad.core.metrics.MeanDeviation;

/** What experiments plan and find, for people and for programs. */
final class ExperimentResults {
  private ExperimentResults() {}

  /** A plan, for JSON. */
  static Map<String, Object> outlook(Outlook outlook) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("cells", outlook.cells());
    map.put("jobs", outlook.jobs());
    map.put("done", outlook.done());
    map.put("shared", outlook.shared());
    map.put("seconds", outlook.time().toSeconds());
    map.put("bytes", outlook.bytes());
    map.put("processes", outlook.processes());
    return map;
  }

  /** A plan, for people. */
  static String text(Outlook outlook) {
    return String.format(
        Locale.ROOT,
        "%d cells from %d jobs, of which %d are done. %d of them (hardening, adapting, crafting) are"
            + " shared by the cells.%n"
            + "To do: %d jobs, very roughly %s with %d processes, some %d MiB on disk.",
        outlook.cells(),
        outlook.jobs(),
        outlook.done(),
        outlook.shared(),
        outlook.jobs() - outlook.done(),
        time(outlook.time()),
        outlook.processes(),
        (outlook.bytes() >> 20) + 1);
  }

  private static String time(Duration time) {
    return time.toMinutes() < 1
        ? time.toSeconds() + " s"
        : time.toHours() < 1
            ? time.toMinutes() + " min"
            : time.toHours() + " h " + time.toMinutesPart() + " min";
  }

  /** Prints the figures over the seeds, and what failed. */
  static void print(
      GlobalOptions options, ExperimentResult result, Map<String, JobFailure> failed, Path out) {
    if (options.json()) {
      options.out().println(Json.text(json(result, failed, out)));
      return;
    }
    Table table = new Table();
    table.row(List.of("victim", "task", "attack", "threat", "model", "BA", "RA", "ASR", "AUROC"));
    for (ExperimentResult.Row row : result.summary()) {
      table.row(
          List.of(
              row.victim(),
              row.task(),
              row.attack(),
              row.threatModel().name().toLowerCase(Locale.ROOT),
              row.model(),
              percent(row.benignAccuracy()),
              percent(row.robustAccuracy()),
              percent(row.attackSuccess()),
              row.auroc().n() == 0 ? "" : String.format(Locale.ROOT, "%.3f", row.auroc().mean())));
    }
    options.out().print(table);
    if (!result.missing().isEmpty()) {
      options.out().println(result.missing().size() + " cells are missing.");
    }
    options.out().println("Written to " + out.resolve("report.json"));
    failed.forEach((id, failure) -> options.err().println(id + ": " + failure.getMessage()));
  }

  private static Map<String, Object> json(
      ExperimentResult result, Map<String, JobFailure> failed, Path out) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("report", out.resolve("report.json").toString());
    map.put("rows", result.summary().size());
    map.put("missing", result.missing());
    Map<String, String> reasons = new LinkedHashMap<>();
    failed.forEach((id, failure) -> reasons.put(id, failure.getMessage()));
    map.put("failed", reasons);
    return map;
  }

  /** In percent, with the deviation over seeds where there are several. */
  private static String percent(MeanDeviation figure) {
    if (figure.n() == 0) {
      return "";
    }
    return figure.n() == 1
        ? String.format(Locale.ROOT, "%.1f", 100 * figure.mean())
        : String.format(Locale.ROOT, "%.1f ± %.1f", 100 * figure.mean(), 100 * figure.deviation());
  }
}
