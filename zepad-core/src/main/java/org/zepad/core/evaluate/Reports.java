package org.zepad.core.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.metrics.BatchMeans;
import org.zepad.core.metrics.Rate;

/**
 * Writes {@code report.json}. Rates are objects with counts, share and 95% Wilson interval, shares
 * lie in [0, 1], names of constants are in kebab case, and what does not apply is null. The layout
 * is spelt out field by field, so that renaming a Java component cannot change a file.
 */
public final class Reports {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Reports() {}

  /**
   * Writes a report, replacing a file of that name at once.
   *
   * @throws org.zepad.api.ZepadException of kind ENVIRONMENT if it cannot be written
   */
  public static void write(Report report, Path file) {
    AtomicFiles.writeText(file, json(report));
  }

  /** The report as JSON, indented, ending in a line break. */
  public static String json(Report report) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree(report)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static ObjectNode tree(Report report) {
    ObjectNode node = JSON.createObjectNode();
    node.put("schemaVersion", report.schemaVersion());
    node.put("task", report.task());
    ObjectNode provenance = node.putObject("provenance");
    report.provenance().forEach(provenance::put);
    ArrayNode worst = node.putArray("worstCase");
    for (Headline headline : report.worstCase()) {
      ObjectNode one = worst.addObject();
      one.put("model", headline.name());
      one.set("robustAccuracy", rate(headline.robustAccuracy()));
      names(one.putArray("threatModels"), headline.threatModels());
      headline.attacks().forEach(one.putArray("attacks")::add);
    }
    ArrayNode evaluations = node.putArray("evaluations");
    report.evaluations().forEach(evaluation -> evaluations.add(evaluation(evaluation)));
    return node;
  }

  private static ObjectNode evaluation(Evaluation evaluation) {
    ObjectNode node = JSON.createObjectNode();
    node.put("attack", evaluation.attack());
    node.put("threatModel", name(evaluation.threatModel()));
    ObjectNode budget = node.putObject("budget");
    budget.put("norm", name(evaluation.budget().norm()));
    budget.put("epsilon", evaluation.budget().epsilon());
    node.put("arithmetic", name(evaluation.arithmetic()));
    node.put("images", evaluation.images());
    node.put("classes", evaluation.classes());
    names(node.putArray("flags"), evaluation.flags());
    ArrayNode models = node.putArray("models");
    evaluation.figures().forEach(figures -> models.add(figures(figures)));
    return node;
  }

  private static ObjectNode figures(Figures figures) {
    ObjectNode node = JSON.createObjectNode();
    node.put("model", figures.name());
    node.put("undefended", figures.undefended());
    node.set("benignAccuracy", rate(figures.benignAccuracy()));
    node.set("robustAccuracy", rate(figures.robustAccuracy()));
    node.set("attackSuccess", rate(figures.attackSuccess()));
    node.set("misledAmongRight", rate(figures.misledAmongRight()));
    node.set("benignTopFive", rate(figures.benignTopFive()));
    node.set("robustTopFive", rate(figures.robustTopFive()));
    node.set("detection", detection(figures.detection()));
    node.set("reference", reference(figures.reference()));
    return node;
  }

  private static @Nullable ObjectNode detection(@Nullable DetectionFigures detection) {
    if (detection == null) {
      return null;
    }
    ObjectNode node = JSON.createObjectNode();
    node.put("threshold", detection.threshold());
    OptionalDouble wanted = detection.wantedFpr();
    node.put("wantedFpr", wanted.isPresent() ? (Double) wanted.getAsDouble() : null);
    node.put("auroc", detection.auroc());
    node.set("tprAtFivePercentFpr", rate(detection.tprAtFivePercentFpr()));
    node.set("falsePositives", rate(detection.falsePositives()));
    node.set("truePositives", rate(detection.truePositives()));
    node.set("jointAccuracy", rate(detection.jointAccuracy()));
    node.set("acceptedAccuracy", rate(detection.acceptedAccuracy()));
    return node;
  }

  private static @Nullable ObjectNode reference(@Nullable BatchMeans means) {
    if (means == null) {
      return null;
    }
    ObjectNode node = JSON.createObjectNode();
    node.put("batchSize", means.batchSize());
    node.put("cleanTop1Percent", means.cleanTop1());
    node.put("attackedTop1Percent", means.attackedTop1());
    node.put("changedPercent", means.changed());
    node.put("cleanTop5Percent", means.cleanTop5());
    node.put("attackedTop5Percent", means.attackedTop5());
    return node;
  }

  private static @Nullable ObjectNode rate(@Nullable Rate rate) {
    if (rate == null) {
      return null;
    }
    ObjectNode node = JSON.createObjectNode();
    node.put("hits", rate.hits());
    node.put("total", rate.total());
    // JSON has no NaN: a share of nothing is null.
    node.put("value", rate.total() == 0 ? null : (Double) rate.value());
    node.put("low", rate.low());
    node.put("high", rate.high());
    return node;
  }

  private static void names(ArrayNode array, Collection<? extends Enum<?>> constants) {
    constants.forEach(constant -> array.add(name(constant)));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
