package org.zepad.core.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.zepad.core.present.EvaluationPage;
import org.zepad.core.present.TrainingElements;
import org.zepad.core.report.Code;
import org.zepad.core.report.Document;
import org.zepad.core.report.Element;
import org.zepad.core.report.Facts;
import org.zepad.core.report.Notice;
import org.zepad.core.report.Section;

/**
 * The page of an experiment: verdicts and tables over the seeds, then each seed, victim and task.
 * Plots are drawn of the first seed alone, since those of the others look the same.
 */
final class ExperimentPage {
  private static final String VERDICTS =
      "A defence counts as more robust than the undefended victim where, in every seed, the worst"
          + " case differs by more than chance (McNemar's exact test, p below 0.05) and no"
          + " self-check speaks against the figures. Threat models: transfer, the attacker has the"
          + " public encoder; gray, also the hardened encoders; adaptive, everything.";
  private static final String TABLES =
      "Means over the seeds, with sample standard deviations below them. Every row with its"
          + " deviations is in summary.csv, every cell with its counts and 95% intervals in"
          + " cells.csv, beside this page.";

  private final ExperimentResult result;
  private final List<Section> sections = new ArrayList<>();

  private ExperimentPage(ExperimentResult result) {
    this.result = result;
  }

  /**
   * The document.
   *
   * @param command what was typed; may be empty
   * @param grid the grid with its defaults
   * @param histories the course of fine-tunings, by what was tuned
   * @param examples images before and after attacks, of the first seed
   * @param perturbations pictures of what was crafted, by its name
   */
  static Document of(
      ExperimentResult result,
      String command,
      String grid,
      Map<String, String> histories,
      List<Element> examples,
      Map<String, Path> perturbations) {
    ExperimentPage page = new ExperimentPage(result);
    page.summary();
    page.groups();
    page.add("examples", "Examples", EvaluationPage.EXAMPLES, examples);
    page.add(
        "perturbations",
        "Perturbations",
        EvaluationPage.PERTURBATIONS,
        EvaluationPage.pictures(perturbations));
    page.add("training", "Fine-tuning", "", TrainingElements.of(histories));
    page.provenance(command, grid);
    return new Document("Robustness experiment", page.size(), page.sections);
  }

  private String size() {
    return "%s; %s; %s; %s"
        .formatted(
            counted("victim", result.summary().stream().map(ExperimentResult.Row::victim)),
            counted("task", result.summary().stream().map(ExperimentResult.Row::task)),
            counted("model", result.summary().stream().map(ExperimentResult.Row::model)),
            counted("seed", result.groups().stream().map(ExperimentResult.Group::seed)));
  }

  private static String counted(String what, Stream<?> all) {
    long n = all.distinct().count();
    return n + " " + what + (n == 1 ? "" : "s");
  }

  private void summary() {
    List<Element> verdicts = new ArrayList<>();
    if (!result.missing().isEmpty()) {
      verdicts.add(
          Notice.warn(
              result.missing().size() + " cells are missing.",
              "The experiment is not finished, or parts of it failed; means are over the seeds that"
                  + " are there. Which ones: missing in report.json."));
    }
    verdicts.addAll(ExperimentVerdicts.of(result.groups()));
    verdicts.addAll(ExperimentTables.worstCases(result));
    add("verdicts", "Verdicts", VERDICTS, verdicts);
    List<Element> tables = new ArrayList<>(ExperimentTables.papers(result));
    tables.addAll(ExperimentTables.significance(result));
    tables.addAll(DuelTables.of(result.duels()));
    add("accuracy", "Accuracy", TABLES, tables);
    add("detection", "Detection", "", List.copyOf(ExperimentTables.detection(result)));
  }

  private void groups() {
    Set<String> drawn = new HashSet<>();
    for (ExperimentResult.Group group : result.groups()) {
      boolean first = drawn.add(group.victim() + " " + group.report().task());
      List<Element> elements = new ArrayList<>();
      if (first) {
        elements.add(EvaluationPage.attacks(group.report()));
      }
      elements.addAll(EvaluationPage.among(group.report(), first));
      add(id(group), place(group), "", elements);
    }
  }

  private static String id(ExperimentResult.Group group) {
    return ("seed-" + group.seed() + "-" + group.victim() + "-" + group.report().task())
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]", "-");
  }

  private static String place(ExperimentResult.Group group) {
    return "%s, victim %s, seed %d".formatted(group.report().task(), group.victim(), group.seed());
  }

  private void provenance(String command, String grid) {
    List<Element> elements = new ArrayList<>();
    if (!command.isEmpty()) {
      elements.add(new Code("To get this report again", command));
    }
    for (ExperimentResult.Group group : result.groups()) {
      elements.add(Facts.of(place(group), group.report().provenance()));
    }
    elements.add(new Code("The grid, with its defaults", grid));
    add("provenance", "Provenance", "", elements);
  }

  private void add(String id, String title, String text, List<Element> elements) {
    if (!elements.isEmpty()) {
      sections.add(new Section(id, title, text, elements));
    }
  }
}
