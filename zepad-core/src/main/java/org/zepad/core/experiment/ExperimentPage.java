package org.zepad.core.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.present.EvaluationPage;
import org.zepad.core.present.TrainingElements;
import org.zepad.core.report.Code;
import org.zepad.core.report.Document;
import org.zepad.core.report.Element;
import org.zepad.core.report.Facts;
import org.zepad.core.report.Notice;
import org.zepad.core.report.Section;

/** The page of an experiment: the summary, then each seed, victim and task. */
final class ExperimentPage {
  private final ExperimentResult result;
  private final List<Section> sections = new ArrayList<>();

  ExperimentPage(ExperimentResult result) {
    this.result = result;
  }

  /** The summary over the seeds; the first section. */
  ExperimentPage summary() {
    List<Element> elements = new ArrayList<>();
    if (!result.missing().isEmpty()) {
      elements.add(
          Notice.warn(
              result.missing().size() + " cells are missing",
              "The experiment is not finished, or parts of it failed: "
                  + String.join(", ", result.missing())));
    }
    elements.addAll(ExperimentTables.papers(result));
    elements.add(ExperimentTables.summary(result));
    elements.addAll(DuelTables.of(result.duels()));
    sections.add(new Section("summary", "Summary", "", elements));
    return this;
  }

  /** One seed, victim and task. */
  ExperimentPage group(ExperimentResult.Group group, List<Evaluated> runs, List<String> classes) {
    String id =
        ("s" + group.seed() + "-" + group.victim() + "-" + group.report().task() + "-")
            .replaceAll("[^a-z0-9]", "-");
    String title =
        "%s, victim %s, seed %d".formatted(group.report().task(), group.victim(), group.seed());
    sections.addAll(EvaluationPage.sections(id, title, group.report(), runs, classes));
    return this;
  }

  /** The course of fine-tunings, and what was crafted. */
  ExperimentPage products(Map<String, String> histories, Map<String, Path> perturbations) {
    List<Element> training = TrainingElements.of(histories);
    if (!training.isEmpty()) {
      sections.add(new Section("training", "Fine-tuning", "", training));
    }
    List<Element> pictures = EvaluationPage.pictures(perturbations);
    if (!pictures.isEmpty()) {
      sections.add(
          new Section("perturbations", "Perturbations", EvaluationPage.PERTURBATIONS, pictures));
    }
    return this;
  }

  /** The document, with the grid and the command at its end. */
  Document document(String command, String grid) {
    List<Element> elements = new ArrayList<>();
    if (!command.isEmpty()) {
      elements.add(new Code("To get this report again", command));
    }
    elements.add(new Code("The grid", grid));
    for (ExperimentResult.Group group : result.groups()) {
      Map<String, String> facts = new LinkedHashMap<>(group.report().provenance());
      elements.add(
          Facts.of(
              "%s, victim %s, seed %d"
                  .formatted(group.report().task(), group.victim(), group.seed()),
              facts));
    }
    sections.add(new Section("provenance", "Provenance", "", elements));
    return new Document(
        "Robustness experiment",
        "Benign accuracy, robust accuracy, attack success and detection of every model under every"
            + " attack",
        sections);
  }
}
