package org.zepad.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.zepad.core.pipeline.Prediction;
import org.zepad.core.runtime.Classification;

/**
 * Predictions in columns, each row as soon as it is known. The file comes last, so that the width
 * of every other column is known beforehand.
 */
final class PredictionTable implements PredictionPrinter {
  private static final List<String> VERDICTS = List.of("ok", "ADVERSARIAL", "unreadable");
  private static final String NONE = "-";

  private final PrintWriter out;
  private final int top;
  private final List<Integer> widths = new ArrayList<>();
  private List<String> classes = List.of();

  PredictionTable(PrintWriter out, int top) {
    this.out = out;
    this.top = top;
  }

  @Override
  public void start(List<String> classNames, List<String> branches) {
    classes = classNames;
    List<String> header = new ArrayList<>();
    int longest = classes.stream().mapToInt(String::length).max().orElse(0);
    for (int k = 1; k <= Math.min(top, classes.size()); k++) {
      column(header, k == 1 ? "class" : "class " + k, longest);
      column(header, "probability", 5);
    }
    branches.forEach(branch -> column(header, branch, 6));
    column(header, "score", 6);
    column(header, "verdict", VERDICTS.stream().mapToInt(String::length).max().orElse(0));
    header.add("file");
    row(header);
  }

  private void column(List<String> header, String name, int width) {
    header.add(name);
    widths.add(Math.max(name.length(), width));
  }

  @Override
  public void accept(Prediction prediction) {
    Classification seen = prediction.classification();
    if (seen == null) {
      List<String> cells = new ArrayList<>(Collections.nCopies(widths.size() - 1, NONE));
      cells.add(VERDICTS.get(2));
      // The problem names the file.
      cells.add(String.valueOf(prediction.problem()));
      row(cells);
      return;
    }
    List<String> cells = new ArrayList<>();
    for (int label : seen.top(top)) {
      cells.add(classes.get(label));
      cells.add(number(seen.probabilities().get(label)));
    }
    seen.confidences().forEach(confidence -> cells.add(number(confidence)));
    cells.add(number(seen.detectionScore()));
    cells.add(VERDICTS.get(seen.flagged() ? 1 : 0));
    cells.add(prediction.file().toString());
    row(cells);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private void row(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.size(); i++) {
      line.append(cells.get(i))
          .append(" ".repeat(Math.max(0, widths.get(i) - cells.get(i).length()) + 2));
    }
    out.println(line.append(cells.get(widths.size())));
    out.flush();
  }
}
