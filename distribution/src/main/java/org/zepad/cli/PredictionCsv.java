package org.zepad.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.zepad.core.pipeline.Prediction;
import org.zepad.core.runtime.Classification;

/** Predictions as comma-separated values (RFC 4180) with a header. */
final class PredictionCsv implements PredictionPrinter {
  private final PrintWriter out;
  private final int top;
  private List<String> classes = List.of();
  private int numbers;

  PredictionCsv(PrintWriter out, int top) {
    this.out = out;
    this.top = top;
  }

  @Override
  public void start(List<String> classNames, List<String> branches) {
    classes = classNames;
    List<String> header = new ArrayList<>(List.of("file"));
    for (int k = 1; k <= Math.min(top, classes.size()); k++) {
      header.add(k == 1 ? "class" : "class_" + k);
      header.add(k == 1 ? "probability" : "probability_" + k);
    }
    branches.forEach(branch -> header.add("confidence_" + branch));
    header.addAll(List.of("detection_score", "flagged"));
    numbers = header.size() - 1;
    header.add("problem");
    row(header);
  }

  @Override
  public void accept(Prediction prediction) {
    List<String> cells = new ArrayList<>(List.of(prediction.file().toString()));
    Classification seen = prediction.classification();
    if (seen == null) {
      cells.addAll(Collections.nCopies(numbers, ""));
      cells.add(String.valueOf(prediction.problem()));
    } else {
      for (int label : seen.top(top)) {
        cells.add(classes.get(label));
        cells.add(String.valueOf(seen.probabilities().get(label)));
      }
      seen.confidences().forEach(confidence -> cells.add(String.valueOf(confidence)));
      cells.add(String.valueOf(seen.detectionScore()));
      cells.add(String.valueOf(seen.flagged()));
      cells.add("");
    }
    row(cells);
  }

  private void row(List<String> cells) {
    out.print(String.join(",", cells.stream().map(PredictionCsv::quoted).toList()) + "\r\n");
    out.flush();
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
