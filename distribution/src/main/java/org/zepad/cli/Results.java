package org.zepad.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.zepad.api.attack.Budget;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.core.attack.PerturbationFiles;
import org.zepad.core.attack.PerturbationInfo;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.evaluate.DetectionFigures;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Figures;
import org.zepad.core.evaluate.Headline;
import org.zepad.core.evaluate.Report;
import org.zepad.core.evaluate.Reports;
import org.zepad.core.metrics.Rate;

/** What steps made, for people and for programs. */
final class Results {
  private Results() {}

  /** An encoder, for JSON. */
  static Map<String, Object> encoder(String encoder, EncoderInfo info) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("encoder", encoder);
    map.put("backbone", info.backbone());
    map.put("backboneOptions", info.backboneOptions());
    map.put("method", info.method());
    map.put("provenance", info.provenance());
    return map;
  }

  /** A bundle, for JSON. */
  static Map<String, Object> bundle(Path folder, BundleManifest manifest) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("bundle", folder.toString());
    map.put("branches", manifest.branches().stream().map(branch -> branch.name()).toList());
    map.put("tasks", manifest.tasks().stream().map(task -> task.name()).toList());
    map.put("provenance", manifest.provenance());
    return map;
  }

  /** A perturbation, for JSON. */
  static Map<String, Object> perturbation(Path file, PerturbationInfo info) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", file.toString());
    map.put("attack", info.attack());
    map.put("options", info.options());
    map.put("seed", info.seed());
    return map;
  }

  /** A perturbation on disk, for JSON. */
  static Map<String, Object> perturbation(PerturbationFiles.Description one) {
    Map<String, Object> map = perturbation(one.file(), one.info());
    map.put("victim", one.info().victim());
    map.put("victimSha256", one.info().victimSha256());
    map.put("data", one.info().dataFingerprint());
    map.put("norm", one.budget().norm().name().toLowerCase(Locale.ROOT));
    map.put("epsilon", one.budget().epsilon());
    map.put("height", one.height());
    map.put("width", one.width());
    map.put("picture", PerturbationFiles.picture(one.file()).toString());
    return map;
  }

  /** How large a perturbation may be, in the units that people use. */
  static String budget(Budget budget) {
    return switch (budget.norm()) {
      case LINF -> String.format(Locale.ROOT, "linf %.1f/255", budget.epsilon() * 255);
      case L2 -> String.format(Locale.ROOT, "l2 %.3f", budget.epsilon());
      case L0 -> String.format(Locale.ROOT, "l0 %.1f%% of the pixels", budget.epsilon() * 100);
    };
  }

  /** Prints reports: as they are for programs, the figures for people. */
  static void report(GlobalOptions options, List<Report> reports, Path where) {
    if (options.json()) {
      options.out().println(Json.text(reports.stream().map(Results::tree).toList()));
      return;
    }
    for (Report report : reports) {
      options.out().println("Task " + report.task());
      report.evaluations().forEach(evaluation -> evaluation(options, evaluation));
      report.worstCase().forEach(headline -> headline(options, headline));
      if (report.worstCaseByThreatModel().size() > report.worstCase().size()) {
        report.worstCaseByThreatModel().forEach(headline -> headline(options, headline));
      }
      Checks.print(options, report);
    }
    options.out().println("Written to " + where);
  }

  private static void headline(GlobalOptions options, Headline headline) {
    options
        .out()
        .printf(
            "  Worst case of %s: robust accuracy %s (threat model %s)%n",
            headline.name(),
            percent(headline.robustAccuracy()),
            headline.threatModels().stream()
                .map(model -> kebab(model))
                .collect(Collectors.joining(", ")));
  }

  private static void evaluation(GlobalOptions options, Evaluation evaluation) {
    options
        .out()
        .printf(
            "  %s, threat model %s, budget %s, %d images%n",
            evaluation.attack(),
            kebab(evaluation.threatModel()),
            budget(evaluation.budget()),
            evaluation.images());
    Table table = new Table("    ");
    table.row(List.of("", "benign accuracy", "robust accuracy", "attack success", "detection"));
    for (Figures figures : evaluation.figures()) {
      DetectionFigures detection = figures.detection();
      table.row(
          List.of(
              figures.name(),
              percent(figures.benignAccuracy()),
              percent(figures.robustAccuracy()),
              percent(figures.attackSuccess()),
              detection == null
                  ? "none"
                  : "AUROC %.3f, TPR %s at 1%% FPR, %s at 5%%"
                      .formatted(
                          detection.auroc(),
                          percent(detection.tprAtOnePercentFpr()),
                          percent(detection.tprAtFivePercentFpr()))));
    }
    options.out().print(table);
    evaluation.flags().forEach(flag -> options.out().println("    flag: " + kebab(flag)));
  }

  private static JsonNode tree(Report report) {
    try {
      return new ObjectMapper().readTree(Reports.json(report));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is JSON", e);
    }
  }

  /** A rate in percent with its interval. */
  static String percent(Rate rate) {
    return String.format(
        Locale.ROOT,
        "%.1f%% [%.1f, %.1f]",
        100 * rate.value(),
        100 * rate.low(),
        100 * rate.high());
  }

  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
