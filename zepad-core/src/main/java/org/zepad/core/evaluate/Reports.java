package org.zepad.core.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.TextResource;

/**
 * Writes {@code report.json}, whose layout the JSON Schema {@code report.schema.json} beside this
 * class publishes. Rates are objects with counts, share and 95% Wilson interval, shares lie in [0,
 * 1], names of constants are in kebab case, and what does not apply is null. The layout is spelt
 * out field by field, so that renaming a Java component cannot change a file.
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

  /** The JSON Schema of the layout, version {@value Report#SCHEMA_VERSION}. */
  public static String schema() {
    return TextResource.read(Reports.class.getResourceAsStream("report.schema.json"));
  }

  private static ObjectNode tree(Report report) {
    ObjectNode node = JSON.createObjectNode();
    node.put("schemaVersion", report.schemaVersion());
    node.put("task", report.task());
    ObjectNode provenance = node.putObject("provenance");
    report.provenance().forEach(provenance::put);
    add(node.putArray("verdicts"), report.verdicts(), FindingsTree::verdict);
    add(node.putArray("worstCase"), report.worstCase(), Reports::headline);
    add(
        node.putArray("worstCaseByThreatModel"),
        report.worstCaseByThreatModel(),
        Reports::headline);
    add(node.putArray("comparisons"), report.comparisons(), FindingsTree::comparison);
    FindingsTree.add(node, report.findings());
    add(node.putArray("evaluations"), report.evaluations(), EvaluationTree::of);
    return node;
  }

  private static ObjectNode headline(Headline headline) {
    ObjectNode node = Trees.object();
    node.put("model", headline.name());
    node.set("robustAccuracy", Trees.rate(headline.robustAccuracy()));
    Trees.names(node.putArray("threatModels"), headline.threatModels());
    headline.attacks().forEach(node.putArray("attacks")::add);
    return node;
  }

  private static <T> void add(ArrayNode array, List<T> values, Function<T, ObjectNode> tree) {
    values.forEach(value -> array.add(tree.apply(value)));
  }
}
