package org.zepad.core.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.zepad.core.evaluate.Reports;
import org.zepad.core.io.TextResource;
import org.zepad.core.metrics.MeanDeviation;
import org.zepad.core.plugin.OptionsBinder;

/**
 * Writes an experiment's {@code report.json}, whose layout the JSON Schema {@code
 * experiment.schema.json} beside this class publishes: the command and the grid, a row for each
 * model under each attack over the seeds, and the whole report of each seed, victim and task.
 */
public final class ExperimentReport {
  /** The version of the layout. */
  public static final int SCHEMA_VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ExperimentReport() {}

  /** The JSON Schema of the layout, version {@value #SCHEMA_VERSION}. */
  public static String schema() {
    return TextResource.read(ExperimentReport.class.getResourceAsStream("experiment.schema.json"));
  }

  /**
   * The result as JSON, indented, ending in a line break.
   *
   * @param command what was typed; empty where nobody typed anything
   */
  static String json(String command, Grid grid, ExperimentResult result) {
    try {
      ObjectNode node = JSON.createObjectNode();
      node.put("schemaVersion", SCHEMA_VERSION);
      node.put("command", command);
      node.set("grid", JSON.valueToTree(OptionsBinder.toMap(grid)));
      ArrayNode summary = node.putArray("summary");
      result.summary().forEach(row -> summary.add(row(row)));
      ArrayNode duels = node.putArray("duels");
      result.duels().forEach(duel -> duels.add(duel(duel)));
      ArrayNode missing = node.putArray("missing");
      result.missing().forEach(missing::add);
      ArrayNode groups = node.putArray("groups");
      for (ExperimentResult.Group group : result.groups()) {
        ObjectNode one = groups.addObject();
        one.put("seed", group.seed());
        one.put("victim", group.victim());
        one.set("report", JSON.readTree(Reports.json(group.report())));
      }
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static ObjectNode row(ExperimentResult.Row row) {
    ObjectNode node = JSON.createObjectNode();
    node.put("victim", row.victim());
    node.put("task", row.task());
    node.put("attack", row.attack());
    node.put("threatModel", row.threatModel().name().toLowerCase(Locale.ROOT));
    node.put("model", row.model());
    node.set("benignAccuracy", spread(row.benignAccuracy()));
    node.set("robustAccuracy", spread(row.robustAccuracy()));
    node.set("attackSuccess", spread(row.attackSuccess()));
    node.set("auroc", spread(row.auroc()));
    node.put("betterThanUndefended", row.better());
    node.put("worseThanUndefended", row.worse());
    return node;
  }

  private static ObjectNode duel(Duel duel) {
    ObjectNode node = JSON.createObjectNode();
    node.put("victim", duel.victim());
    node.put("task", duel.task());
    node.put("on", duel.on());
    node.put("a", duel.a());
    node.put("b", duel.b());
    node.put("seeds", duel.seeds());
    node.put("aWins", duel.aWins());
    node.put("bWins", duel.bWins());
    return node;
  }

  /** JSON has no NaN: what does not exist is null. */
  private static ObjectNode spread(MeanDeviation figure) {
    ObjectNode node = JSON.createObjectNode();
    node.put("seeds", figure.n());
    node.put("mean", figure.n() < 1 ? null : (Double) figure.mean());
    node.put("deviation", figure.n() < 2 ? null : (Double) figure.deviation());
    return node;
  }
}
