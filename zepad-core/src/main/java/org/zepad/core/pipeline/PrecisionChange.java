package org.zepad.core.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.zepad.core.evaluate.DetectionFigures;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Figures;

/**
 * What another precision than float32 changes, measured on the same images.
 *
 * @param images how many test images
 * @param figures what can be better or worse
 */
public record PrecisionChange(int images, List<Figure> figures) {
  public PrecisionChange {
    figures = List.copyOf(figures);
  }

  /**
   * A figure before and after, in percent.
   *
   * @param name what it is
   * @param attack under which attack; null: on benign images
   * @param before in float32
   * @param after in the other precision
   * @param loss percentage points by which it is worse; negative where it is better
   */
  public record Figure(
      String name, @Nullable String attack, double before, double after, double loss) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s %s %.1f instead of %.1f",
          name,
          attack == null ? "on benign images" : "under " + attack,
          after,
          before);
    }

    private static Figure high(String name, @Nullable String attack, double before, double after) {
      return new Figure(name, attack, before, after, before - after);
    }

    private static Figure low(String name, @Nullable String attack, double before, double after) {
      return new Figure(name, attack, before, after, after - before);
    }
  }

  /**
   * From evaluations of two models: the one in float32 first.
   *
   * @param evaluations one for each attack, at least one
   */
  static PrecisionChange of(List<Evaluation> evaluations) {
    List<Figure> figures = new ArrayList<>();
    Evaluation any = evaluations.get(0);
    Figures first = any.figures().get(0);
    Figures second = any.figures().get(1);
    figures.add(
        Figure.high(
            "BA", null, first.benignAccuracy().percent(), second.benignAccuracy().percent()));
    DetectionFigures before = first.detection();
    DetectionFigures after = second.detection();
    if (before != null && after != null) {
      figures.add(
          Figure.low(
              "flagged",
              null,
              before.falsePositives().percent(),
              after.falsePositives().percent()));
    }
    for (Evaluation evaluation : evaluations) {
      attacked(
          evaluation.attack(), evaluation.figures().get(0), evaluation.figures().get(1), figures);
    }
    return new PrecisionChange(any.images(), figures);
  }

  private static void attacked(String attack, Figures first, Figures second, List<Figure> figures) {
    figures.add(
        Figure.high(
            "RA", attack, first.robustAccuracy().percent(), second.robustAccuracy().percent()));
    DetectionFigures before = first.detection();
    DetectionFigures after = second.detection();
    if (before != null && after != null) {
      figures.add(Figure.high("AUROC", attack, 100 * before.auroc(), 100 * after.auroc()));
      figures.add(
          Figure.high(
              "flagged",
              attack,
              before.truePositives().percent(),
              after.truePositives().percent()));
    }
  }

  /** The greatest loss of a figure, in percentage points. */
  public double worst() {
    return figures.stream().mapToDouble(Figure::loss).max().orElse(0);
  }
}
