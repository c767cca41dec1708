package org.zepad.core.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.zepad.core.metrics.BatchMeans;

/** An evaluation as JSON. */
final class EvaluationTree {
  private EvaluationTree() {}

  static ObjectNode of(Evaluation evaluation) {
    ObjectNode node = Trees.object();
    node.put("attack", evaluation.attack());
    node.put("threatModel", Trees.name(evaluation.threatModel()));
    node.put("knowledge", Trees.name(evaluation.knowledge()));
    node.put("aimedAt", evaluation.aimedAt());
    node.set("budget", Trees.budget(evaluation.budget()));
    node.put("arithmetic", Trees.name(evaluation.arithmetic()));
    node.put("images", evaluation.images());
    node.put("classes", evaluation.classes());
    Trees.names(node.putArray("flags"), evaluation.flags());
    ArrayNode models = node.putArray("models");
    evaluation.figures().forEach(figures -> models.add(figures(figures)));
    return node;
  }

  private static ObjectNode figures(Figures figures) {
    ObjectNode node = Trees.object();
    node.put("model", figures.name());
    node.put("undefended", figures.undefended());
    node.set("benignAccuracy", Trees.rate(figures.benignAccuracy()));
    node.set("robustAccuracy", Trees.rate(figures.robustAccuracy()));
    node.set("attackSuccess", Trees.rate(figures.attackSuccess()));
    node.set("misledAmongRight", Trees.rate(figures.misledAmongRight()));
    node.set("benignTopFive", Trees.rate(figures.benignTopFive()));
    node.set("robustTopFive", Trees.rate(figures.robustTopFive()));
    node.set("detection", detection(figures.detection()));
    ArrayNode confidences = node.putArray("confidences");
    for (BranchConfidences branch : figures.confidences()) {
      ObjectNode one = confidences.addObject();
      one.put("branch", branch.branch());
      one.put("role", Trees.name(branch.role()));
      one.set("benign", Trees.histogram(branch.benign()));
      one.set("attacked", Trees.histogram(branch.attacked()));
    }
    node.set("reference", reference(figures.reference()));
    return node;
  }

  private static @Nullable ObjectNode detection(@Nullable DetectionFigures detection) {
    if (detection == null) {
      return null;
    }
    ObjectNode node = Trees.object();
    node.put("threshold", detection.threshold());
    OptionalDouble wanted = detection.wantedFpr();
    node.put("wantedFpr", wanted.isPresent() ? (Double) wanted.getAsDouble() : null);
    node.put("auroc", Trees.number(detection.auroc()));
    node.set("tprAtOnePercentFpr", Trees.rate(detection.tprAtOnePercentFpr()));
    node.set("tprAtFivePercentFpr", Trees.rate(detection.tprAtFivePercentFpr()));
    node.set("falsePositives", Trees.rate(detection.falsePositives()));
    node.set("truePositives", Trees.rate(detection.truePositives()));
    node.set("jointAccuracy", Trees.rate(detection.jointAccuracy()));
    node.set("acceptedAccuracy", Trees.rate(detection.acceptedAccuracy()));
    ArrayNode roc = node.putArray("roc");
    detection.roc().forEach(point -> roc.addArray().add(point.fpr()).add(point.tpr()));
    return node;
  }

  private static @Nullable ObjectNode reference(@Nullable BatchMeans means) {
    if (means == null) {
      return null;
    }
    ObjectNode node = Trees.object();
    node.put("batchSize", means.batchSize());
    node.put("cleanTop1Percent", means.cleanTop1());
    node.put("attackedTop1Percent", means.attackedTop1());
    node.put("changedPercent", means.changed());
    node.put("cleanTop5Percent", means.cleanTop5());
    node.put("attackedTop5Percent", means.attackedTop5());
    return node;
  }
}
