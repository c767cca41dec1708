package org.zepad.core.present;

import java.util.ArrayList;
import java.util.List;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Example;
import org.zepad.core.evaluate.Measured;
import org.zepad.core.report.Element;
import org.zepad.core.report.Picture;
import org.zepad.core.report.PictureGrid;

/** Images before and after, with what models say of them. */
final class PictureElements {
  private PictureElements() {}

  /** More would bury the reader. */
  private static final int SHOWN = 4;

  /**
   * A grid for each attack.
   *
   * @param classes the names of the classes, in label order
   */
  static List<Element> examples(List<Evaluated> runs, List<String> classes) {
    AttackNames names = new AttackNames(runs.stream().map(Evaluated::evaluation).toList());
    List<Element> elements = new ArrayList<>();
    for (Evaluated run : runs) {
      if (!run.examples().isEmpty()) {
        elements.add(
            new PictureGrid(
                caption(run.evaluation(), names),
                run.examples().stream()
                    .limit(SHOWN)
                    .map(example -> tile(run, example, classes))
                    .toList()));
      }
    }
    return elements;
  }

  private static String caption(Evaluation evaluation, AttackNames names) {
    return "Before and after %s (%s, %s)"
        .formatted(
            names.of(evaluation.attack()),
            Words.kebab(evaluation.threatModel()),
            Words.budget(evaluation.budget()));
  }

  private static PictureGrid.Tile tile(Evaluated run, Example example, List<String> classes) {
    int image = example.image();
    int right = run.measured().get(0).clean().label(image);
    String label = classes.get(right);
    List<String> clean = new ArrayList<>();
    List<String> attacked = new ArrayList<>();
    for (Measured measured : run.measured()) {
      String model = measured.subject().name() + ": ";
      clean.add(model + said(measured.clean().prediction(image), right, classes));
      attacked.add(
          model
              + said(measured.attacked().prediction(image), right, classes)
              + flagged(measured, image));
    }
    return new PictureGrid.Tile(
        label,
        List.of(
            Picture.of(example.clean(), "a test image of class " + label, lines(clean)),
            Picture.of(example.attacked(), "the same image under attack", lines(attacked))));
  }

  private static String said(int prediction, int right, List<String> classes) {
    return classes.get(prediction) + (prediction == right ? "" : "\u00a0✗");
  }

  private static String flagged(Measured measured, int image) {
    float[] scores = measured.attackedScores();
    var threshold = measured.subject().threshold();
    return scores != null && threshold != null && threshold.flags(scores[image])
        ? " (flagged)"
        : "";
  }

  private static String[] lines(List<String> lines) {
    return lines.toArray(String[]::new);
  }
}
