package org.zepad.core.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What was found beside the figures, and what is concluded, as JSON. */
final class FindingsTree {
  private FindingsTree() {}

  static ObjectNode verdict(Verdict verdict) {
    ObjectNode node = Trees.object();
    node.put("model", verdict.model());
    node.put("against", verdict.against());
    node.put("threatModel", Trees.name(verdict.threatModel()));
    verdict.withheldBy().forEach(node.putArray("withheldBy")::add);
    verdict.notRun().forEach(node.putArray("notRun")::add);
    node.put("text", verdict.text());
    ObjectNode benign = node.putObject("benign");
    benign.set("model", Trees.rate(verdict.benign().a()));
    benign.set("against", Trees.rate(verdict.benign().b()));
    benign.put("onlyModelRight", verdict.benign().onlyA());
    benign.put("onlyAgainstRight", verdict.benign().onlyB());
    benign.put("p", verdict.benign().p());
    return node;
  }

  static ObjectNode comparison(Comparison comparison) {
    ObjectNode node = Trees.object();
    node.put("a", comparison.a());
    node.put("b", comparison.b());
    node.put("attack", comparison.attack());
    node.put("threatModel", Trees.name(comparison.threatModel()));
    node.set("robustAccuracyA", Trees.rate(comparison.robustA()));
    node.set("robustAccuracyB", Trees.rate(comparison.robustB()));
    node.put("onlyARight", comparison.onlyA());
    node.put("onlyBRight", comparison.onlyB());
    node.put("p", comparison.p());
    return node;
  }

  static ObjectNode check(Check check) {
    ObjectNode node = Trees.object();
    node.put("flag", check.flag());
    node.put("model", check.subject());
    node.put("attack", check.attack());
    node.put("status", Trees.name(check.status()));
    node.put("figure", Trees.number(check.figure()));
    node.put("limit", Trees.number(check.limit()));
    node.put("meaning", check.meaning());
    return node;
  }

  static ObjectNode curve(RobustnessCurve curve) {
    ObjectNode node = Trees.object();
    node.put("model", curve.subject());
    node.put("attack", curve.attack());
    node.put("norm", Trees.name(curve.norm()));
    ArrayNode points = node.putArray("points");
    for (RobustnessCurve.Point point : curve.points()) {
      ObjectNode one = points.addObject();
      one.put("epsilon", point.epsilon());
      one.set("robustAccuracy", Trees.rate(point.robustAccuracy()));
    }
    return node;
  }

  static ObjectNode shift(BenignShift shift) {
    ObjectNode node = Trees.object();
    node.put("shift", shift.shift());
    node.put("model", shift.subject());
    node.set("falsePositives", Trees.rate(shift.falsePositives()));
    node.set("accuracy", Trees.rate(shift.accuracy()));
    return node;
  }
}
