package org.zepad.core.present;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Report;
import org.zepad.core.report.Code;
import org.zepad.core.report.Document;
import org.zepad.core.report.Element;
import org.zepad.core.report.Facts;
import org.zepad.core.report.Picture;
import org.zepad.core.report.PictureGrid;
import org.zepad.core.report.Section;

/** The page of one evaluation. */
public final class EvaluationPage {
  private final List<Section> sections = new ArrayList<>();
  private final String prefix;

  private EvaluationPage(String prefix) {
    this.prefix = prefix;
  }

  /**
   * A document of its own.
   *
   * @param runs what the report counts, with the example images
   */
  public static Document of(Report report, List<Evaluated> runs, Context context) {
    EvaluationPage page = new EvaluationPage("");
    page.results(report, runs, context.classes(), "");
    page.add("training", "Fine-tuning", "", TrainingElements.of(context.histories()));
    page.add("perturbations", "Perturbations", PERTURBATIONS, pictures(context.perturbations()));
    page.add("provenance", "Provenance", "", provenance(report, context.command()));
    return new Document(
        "Robustness on " + report.task(),
        "Benign accuracy, robust accuracy, attack success and detection",
        page.sections);
  }

  /**
   * The sections of one evaluation among others.
   *
   * @param prefix begins the sections' ids
   * @param title begins their headings
   */
  public static List<Section> sections(
      String prefix, String title, Report report, List<Evaluated> runs, List<String> classes) {
    EvaluationPage page = new EvaluationPage(prefix);
    page.results(report, runs, classes, title + ": ");
    return page.sections;
  }

  private void results(Report report, List<Evaluated> runs, List<String> classes, String title) {
    List<Element> accuracy = new ArrayList<>(CheckElements.verdicts(report));
    accuracy.add(AccuracyTables.overview(report));
    if (!report.worstCaseByThreatModel().isEmpty()) {
      accuracy.add(AccuracyTables.worstCase(report));
    }
    if (!report.comparisons().isEmpty()) {
      accuracy.add(AccuracyTables.comparisons(report));
    }
    add("accuracy", title + "Accuracy", "", accuracy);
    add("detection", title + "Detection", "", DetectionElements.of(report));
    add("curves", title + "Accuracy against epsilon", "", CheckElements.curves(report));
    add("examples", title + "Examples", "", PictureElements.examples(runs, classes));
    if (!report.findings().checks().isEmpty()) {
      add("checks", title + "Self-checks", "", List.of(CheckElements.checks(report)));
    }
  }

  private void add(String id, String title, String text, List<Element> elements) {
    if (!elements.isEmpty()) {
      sections.add(new Section(prefix + id, title, text, elements));
    }
  }

  /** What pictures of perturbations show. */
  public static final String PERTURBATIONS =
      "Universal perturbations, amplified: grey is no change, full colour the largest change.";

  /** The pictures of perturbations, those that are there. */
  public static List<Element> pictures(Map<String, Path> perturbations) {
    List<PictureGrid.Tile> tiles = new ArrayList<>();
    perturbations.forEach(
        (attack, file) -> {
          if (Files.isRegularFile(file)) {
            tiles.add(
                new PictureGrid.Tile(
                    attack,
                    List.of(new Picture(read(file), "the perturbation of " + attack, List.of()))));
          }
        });
    return tiles.isEmpty() ? List.of() : List.of(new PictureGrid("Perturbations", tiles));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw ZepadException.environment(file + " cannot be read: " + e, e);
    }
  }

  /** Where everything comes from, and how to get it again. */
  public static List<Element> provenance(Report report, String command) {
    List<Element> elements = new ArrayList<>();
    if (!command.isEmpty()) {
      elements.add(new Code("To get this report again", command));
    }
    elements.add(Facts.of("Seeds, configuration, fingerprints, versions", report.provenance()));
    return elements;
  }
}
