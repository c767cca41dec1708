package org.zepad.core.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Norm;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.metrics.Rate;

/** Findings on disk, laid out as in {@code report.json}. */
public final class FindingsFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private FindingsFile() {}

  /** Writes findings at once. */
  public static void write(Findings findings, Path file) {
    ObjectNode node = Trees.object();
    FindingsTree.add(node, findings);
    try {
      AtomicFiles.writeText(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /**
   * Reads findings.
   *
   * @throws ZepadException of kind INPUT if the file holds none
   */
  public static Findings read(Path file) {
    try {
      JsonNode node = JSON.readTree(Files.readString(file));
      List<Check> checks = new ArrayList<>();
      node.required("checks").forEach(each -> checks.add(check(each)));
      List<RobustnessCurve> curves = new ArrayList<>();
      node.required("robustnessCurves").forEach(each -> curves.add(curve(each)));
      List<BenignShift> shifts = new ArrayList<>();
      node.required("benignShift").forEach(each -> shifts.add(shift(each)));
      return new Findings(checks, curves, shifts);
    } catch (IOException | IllegalArgumentException e) {
      throw ZepadException.input(
          file + " holds no findings: " + e.getMessage() + "; delete it to have it made anew", e);
    }
  }

  private static Check check(JsonNode node) {
    return new Check(
        node.required("flag").asText(),
        text(node.required("model")),
        text(node.required("attack")),
        constant(Check.Status.class, node.required("status")),
        number(node.required("figure")),
        number(node.required("limit")),
        node.required("meaning").asText());
  }

  private static RobustnessCurve curve(JsonNode node) {
    List<RobustnessCurve.Point> points = new ArrayList<>();
    for (JsonNode point : node.required("points")) {
      points.add(
          new RobustnessCurve.Point(
              point.required("epsilon").asDouble(), counts(point.required("robustAccuracy"))));
    }
    return new RobustnessCurve(
        node.required("model").asText(),
        node.required("attack").asText(),
        constant(Norm.class, node.required("norm")),
        points);
  }

  private static BenignShift shift(JsonNode node) {
    return new BenignShift(
        node.required("shift").asText(),
        node.required("model").asText(),
        rate(node.required("falsePositives")),
        rate(node.required("accuracy")));
  }

  private static @Nullable Rate rate(JsonNode node) {
    return node.isNull() ? null : counts(node);
  }

  private static Rate counts(JsonNode node) {
    return new Rate(node.required("hits").asLong(), node.required("total").asLong());
  }

  private static @Nullable String text(JsonNode node) {
    return node.isNull() ? null : node.asText();
  }

  private static double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : Double.NaN;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode name) {
    return Enum.valueOf(type, name.asText().toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
