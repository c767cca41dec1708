package org.zepad.core.present;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zepad.core.harden.EpochResult;
import org.zepad.core.harden.TuningHistory;
import org.zepad.core.report.Axis;
import org.zepad.core.report.Element;
import org.zepad.core.report.LinePlot;

/** The course of fine-tunings. */
public final class TrainingElements {
  private TrainingElements() {}

  /**
   * Plots of losses and validation accuracies.
   *
   * @param histories what {@link TuningHistory} wrote, by the name of what was tuned
   */
  public static List<Element> of(Map<String, String> histories) {
    List<Element> elements = new ArrayList<>();
    histories.forEach(
        (name, text) -> {
          List<EpochResult> epochs =
              TuningHistory.read(text).stream().flatMap(List::stream).toList();
          if (epochs.size() > 1) {
            elements.add(accuracy(name, epochs));
            elements.add(losses(name, epochs));
          }
        });
    return elements;
  }

  private static Element accuracy(String name, List<EpochResult> epochs) {
    List<LinePlot.Point> benign = new ArrayList<>();
    List<LinePlot.Point> robust = new ArrayList<>();
    for (int i = 0; i < epochs.size(); i++) {
      benign.add(LinePlot.Point.of(i + 1, epochs.get(i).benignAccuracy()));
      robust.add(LinePlot.Point.of(i + 1, epochs.get(i).robustAccuracy()));
    }
    return new LinePlot(
        name + ": accuracy on validation images",
        Axis.linear("epoch"),
        Axis.share("accuracy"),
        List.of(new LinePlot.Series("benign", benign), new LinePlot.Series("under attack", robust)),
        false);
  }

  private static Element losses(String name, List<EpochResult> epochs) {
    Set<String> parts = new LinkedHashSet<>();
    epochs.forEach(epoch -> parts.addAll(epoch.losses().keySet()));
    List<LinePlot.Series> series = new ArrayList<>();
    for (String part : parts) {
      List<LinePlot.Point> points = new ArrayList<>();
      for (int i = 0; i < epochs.size(); i++) {
        points.add(LinePlot.Point.of(i + 1, epochs.get(i).losses().getOrDefault(part, Double.NaN)));
      }
      series.add(new LinePlot.Series(part, points));
    }
    return new LinePlot(
        name + ": losses", Axis.linear("epoch"), Axis.linear("mean loss"), series, false);
  }
}
