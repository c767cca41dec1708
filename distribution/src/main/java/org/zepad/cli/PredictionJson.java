package org.zepad.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.core.pipeline.Prediction;
import org.zepad.core.runtime.Classification;

/** Predictions as JSON: an object a line as soon as it is known, or one list at the end. */
final class PredictionJson implements PredictionPrinter {
  private final PrintWriter out;
  private final int top;
  private final boolean lines;
  private final List<Map<String, Object>> kept = new ArrayList<>();
  private List<String> classes = List.of();

  PredictionJson(PrintWriter out, int top, boolean lines) {
    this.out = out;
    this.top = top;
    this.lines = lines;
  }

  @Override
  public void start(List<String> classNames, List<String> branches) {
    classes = classNames;
  }

  @Override
  public void accept(Prediction prediction) {
    Map<String, Object> map = toMap(prediction);
    if (lines) {
      out.println(Json.line(map));
      out.flush();
    } else {
      kept.add(map);
    }
  }

  @Override
  public void finish() {
    if (!lines) {
      out.println(Json.text(kept));
    }
  }

  private Map<String, Object> toMap(Prediction prediction) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", prediction.file().toString());
    Classification seen = prediction.classification();
    if (seen == null) {
      map.put("problem", prediction.problem());
      return map;
    }
    map.put("class", seen.className());
    map.put("probability", seen.probability());
    if (top > 1) {
      Map<String, Double> likeliest = new LinkedHashMap<>();
      seen.top(top).forEach(c -> likeliest.put(classes.get(c), seen.probabilities().get(c)));
      map.put("top", likeliest);
    }
    map.put("confidences", seen.confidences());
    map.put("detectionScore", seen.detectionScore());
    map.put("flagged", seen.flagged());
    return map;
  }
}
