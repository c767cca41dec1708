package org.zepad.core.harden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The course of a fine-tuning as text: what a checkpoint holds, and what a hardened encoder's
 * provenance says as {@value #KEY}. A JSON array on one line, an object for each epoch in order:
 *
 * <pre>
 * {"stage":1,"epoch":1,"losses":{"total":2.1,"adversarial":2.1},"images":500,"benign":210,"robust":140}
 * </pre>
 *
 * <p>{@code stage} counts from 1; only {@code gen-af} has a second. {@code epoch} counts from 1
 * within its stage; 0 is the model before the stage, where that is measured, without losses. {@code
 * losses} are means over the epoch's steps, before weighting, but for {@code total}. {@code images}
 * is how many validation images were looked at, of which {@code benign} were right and {@code
 * robust} were right under attack. Numbers survive exactly. Keys may be added, none changes.
 */
public final class TuningHistory {
  /** The key of a hardened encoder's provenance. */
  public static final String KEY = "hardened-history";

  private static final JsonMapper JSON = new JsonMapper();

  private TuningHistory() {}

  /**
   * Writes stages.
   *
   * @param stages the epochs of each
   */
  static String write(List<List<EpochResult>> stages) {
    ArrayNode array = JSON.createArrayNode();
    for (int i = 0; i < stages.size(); i++) {
      for (EpochResult epoch : stages.get(i)) {
        ObjectNode node = array.addObject();
        node.put("stage", i + 1);
        node.put("epoch", epoch.epoch());
        ObjectNode losses = node.putObject("losses");
        epoch.losses().forEach(losses::put);
        node.put("images", epoch.images());
        node.put("benign", epoch.benign());
        node.put("robust", epoch.robust());
      }
    }
    return array.toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @return the epochs of each stage
   * @throws IllegalArgumentException if the text is something else
   */
  public static List<List<EpochResult>> read(String text) {
    List<List<EpochResult>> stages = new ArrayList<>();
    for (JsonNode node : parse(text)) {
      while (stages.size() < node.path("stage").asInt()) {
        stages.add(new ArrayList<>());
      }
      stages.get(node.path("stage").asInt() - 1).add(epoch(node));
    }
    return stages;
  }

  private static EpochResult epoch(JsonNode node) {
    Map<String, Double> losses = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> loss : node.path("losses").properties()) {
      losses.put(loss.getKey(), loss.getValue().doubleValue());
    }
    return new EpochResult(
        node.path("epoch").asInt(),
        losses,
        node.path("images").asInt(),
        node.path("benign").asInt(),
        node.path("robust").asInt());
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode array = JSON.readTree(text);
      if (array.isArray()) {
        return array;
      }
      throw new IllegalArgumentException("not a history of fine-tuning: " + text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a history of fine-tuning: " + text, e);
    }
  }
}
