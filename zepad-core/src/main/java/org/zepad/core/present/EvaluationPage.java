package org.zepad.core.present;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Report;
import org.zepad.core.report.Code;
import org.zepad.core.report.Document;
import org.zepad.core.report.Element;
import org.zepad.core.report.Facts;
import org.zepad.core.report.Picture;
import org.zepad.core.report.PictureGrid;
import org.zepad.core.report.Section;

/** The page of one evaluation: verdicts and what stands against them first, details after. */
public final class EvaluationPage {
  private final List<Section> sections = new ArrayList<>();

  private EvaluationPage() {}

  /**
   * A document of its own.
   *
   * @param runs what the report counts, with the example images
   */
  public static Document of(Report report, List<Evaluated> runs, Context context) {
    EvaluationPage page = new EvaluationPage();
    page.add("verdicts", "Verdicts", VERDICTS, verdicts(report));
    page.add("accuracy", "Accuracy", ACCURACY, accuracy(report));
    page.add("detection", "Detection", "", DetectionElements.of(report, true));
    page.add("curves", "Accuracy against epsilon", "", CheckElements.curves(report));
    page.add("shifts", "Unusual images", "", DetectionElements.shifts(report));
    if (!report.findings().checks().isEmpty()) {
      page.add("checks", "Self-checks", "", List.of(CheckElements.checks(report)));
    }
    page.add("examples", "Examples", EXAMPLES, examples(runs, context.classes()));
    page.add("perturbations", "Perturbations", PERTURBATIONS, pictures(context.perturbations()));
    page.add("training", "Fine-tuning", "", TrainingElements.of(context.histories()));
    page.add("provenance", "Provenance", "", provenance(report));
    return new Document("Robustness on " + report.task(), size(report), page.sections);
  }

  private static final String VERDICTS =
      "A defended model counts as more robust than the undefended one where the worst case differs"
          + " by more than chance and no self-check speaks against the figures. Threat models:"
          + " transfer, the attacker has the public encoder; gray, also the hardened encoders;"
          + " adaptive, everything.";

  private static final String ACCURACY =
      "Adaptive attacks are made on each model by itself, with everything in hand. The figures of"
          + " every model under every single attack are in the CSV file beside this page.";

  /** What pictures of examples show. */
  public static final String EXAMPLES =
      "The same test images before and after each attack, pixels enlarged, with what each model"
          + " says of them; ✗ where that is wrong.";

  private static String size(Report report) {
    Evaluation first = report.evaluations().get(0);
    return "%d test images of %d classes; %d models under %d attacks"
        .formatted(
            first.images(),
            first.classes(),
            AttackColumn.models(report).size(),
            AttackColumn.of(report).size());
  }

  private static List<Element> verdicts(Report report) {
    List<Element> elements = new ArrayList<>(CheckElements.verdicts(report));
    elements.add(AccuracyTables.worstCase(report));
    return elements;
  }

  private static List<Element> accuracy(Report report) {
    List<Element> elements = new ArrayList<>(AccuracyTables.overview(report));
    elements.add(AccuracyTables.attacks(report));
    if (!report.comparisons().isEmpty()) {
      elements.add(AccuracyTables.comparisons(report));
    }
    return elements;
  }

  /**
   * One evaluation among others, in tables alone.
   *
   * @param plots whether plots of it follow the tables
   */
  public static List<Element> among(Report report, boolean plots) {
    List<Element> elements = new ArrayList<>(CheckElements.failedChecks(report));
    elements.addAll(AccuracyTables.overview(report));
    elements.addAll(plots ? DetectionElements.of(report, false) : DetectionElements.table(report));
    elements.addAll(DetectionElements.shifts(report));
    if (plots) {
      elements.addAll(CheckElements.curves(report));
    }
    return elements;
  }

  /**
   * Test images before and after each attack, those that there are.
   *
   * @param classes the names of the classes, in label order
   */
  public static List<Element> examples(List<Evaluated> runs, List<String> classes) {
    return PictureElements.examples(runs, classes);
  }

  /** What the attacks of a report are. */
  public static Element attacks(Report report) {
    return AccuracyTables.attacks(report);
  }

  private void add(String id, String title, String text, List<Element> elements) {
    if (!elements.isEmpty()) {
      sections.add(new Section(id, title, text, elements));
    }
  }

  /** What pictures of perturbations show. */
  public static final String PERTURBATIONS =
      "Universal perturbations, amplified, pixels enlarged: grey is no change, full colour the"
          + " largest change.";

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

  private static List<Element> provenance(Report report) {
    List<Element> elements = new ArrayList<>();
    Map<String, String> facts = new LinkedHashMap<>(report.provenance());
    String command = facts.remove("command");
    if (command != null) {
      elements.add(new Code("To get this report again", command));
    }
    elements.add(Facts.of("Seeds, configuration, fingerprints, versions", facts));
    return elements;
  }
}
