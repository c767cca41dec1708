package org.zepad.core.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.zepad.api.ZepadException;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.bundle.BundleManifest.BranchEntry;
import org.zepad.core.bundle.BundleManifest.TaskEntry;
import org.zepad.core.detect.DetectionThreshold;

/**
 * {@code bundle.json} to and from its record. The layout is spelt out field by field; unknown,
 * missing and repeated fields are refused, since a misread bundle would answer wrongly rather than
 * fail.
 */
final class ManifestJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ManifestJson() {}

  static String write(BundleManifest manifest) {
    ObjectNode node = JSON.createObjectNode();
    node.put("formatVersion", BundleManifest.FORMAT_VERSION);
    ArrayNode branches = node.putArray("branches");
    for (BranchEntry branch : manifest.branches()) {
      ObjectNode one = branches.addObject();
      one.put("name", branch.name());
      one.put("role", branch.role().name().toLowerCase(Locale.ROOT));
      one.put("encoder", branch.encoder());
      ObjectNode preprocessing = one.putObject("preprocessing");
      preprocessing.put("size", branch.preprocessing().size());
      branch.preprocessing().mean().forEach(preprocessing.putArray("mean")::add);
      branch.preprocessing().std().forEach(preprocessing.putArray("std")::add);
    }
    node.set("fusion", choice(manifest.fusion()));
    node.set("detector", choice(manifest.detector()));
    ArrayNode tasks = node.putArray("tasks");
    manifest.tasks().forEach(task -> tasks.add(task(task)));
    texts(node.putObject("provenance"), manifest.provenance());
    texts(node.putObject("files"), manifest.files());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static ObjectNode task(TaskEntry task) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", task.name());
    task.classes().forEach(node.putArray("classes")::add);
    ObjectNode threshold = node.putObject("threshold");
    threshold.put("value", task.threshold().value());
    OptionalDouble wanted = task.threshold().wantedFpr();
    threshold.put("wantedFpr", wanted.isPresent() ? (Double) wanted.getAsDouble() : null);
    texts(node.putObject("heads"), task.heads());
    texts(node.putObject("provenance"), task.provenance());
    return node;
  }

  private static ObjectNode choice(PluginChoice choice) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", choice.name());
    node.set("options", JSON.valueToTree(choice.options()));
    return node;
  }

  private static void texts(ObjectNode node, Map<String, String> texts) {
    texts.forEach(node::put);
  }

  /**
   * Reads the text of a manifest.
   *
   * @param where what messages call it
   * @throws ZepadException of kind INPUT, naming the field that is wrong
   */
  static BundleManifest read(String text, String where) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw ZepadException.input(where + " is not valid JSON: " + e.getOriginalMessage(), e);
    }
    Fields fields = new Fields(root, where);
    requireVersion(root, where);
    fields.allow("formatVersion", "branches", "fusion", "detector", "tasks", "provenance", "files");
    return new BundleManifest(
        fields.list("branches", ManifestJson::branch),
        choice(fields.object("fusion")),
        choice(fields.object("detector")),
        fields.list("tasks", ManifestJson::task),
        fields.texts("provenance"),
        fields.texts("files"));
  }

  /** The version comes first: another one may have any other fields. */
  private static void requireVersion(JsonNode root, String where) {
    JsonNode version = root.path("formatVersion");
    if (!version.isInt() || version.intValue() != BundleManifest.FORMAT_VERSION) {
      throw ZepadException.input(
          where
              + " has format version "
              + (version.isMissingNode() ? "none" : version)
              + "; this version of ZePAD reads version "
              + BundleManifest.FORMAT_VERSION
              + ". Use the version of ZePAD that wrote it, or make the bundle anew.");
    }
  }

  private static BranchEntry branch(Fields fields) {
    fields.allow("name", "role", "encoder", "preprocessing");
    Fields preprocessing = fields.object("preprocessing");
    preprocessing.allow("size", "mean", "std");
    return new BranchEntry(
        fields.text("name"),
        role(fields),
        fields.text("encoder"),
        preprocessing.make(
            () ->
                new Preprocessing(
                    preprocessing.integer("size"),
                    preprocessing.numbers("mean"),
                    preprocessing.numbers("std"))));
  }

  private static Role role(Fields fields) {
    return switch (fields.text("role")) {
      case "mpae" -> Role.MPAE;
      case "bmp" -> Role.BMP;
      default -> throw fields.wrong("role", "mpae or bmp");
    };
  }

  private static TaskEntry task(Fields fields) {
    fields.allow("name", "classes", "threshold", "heads", "provenance");
    Fields threshold = fields.object("threshold");
    threshold.allow("value", "wantedFpr");
    return new TaskEntry(
        fields.text("name"),
        fields.list("classes"),
        threshold.make(
            () ->
                new DetectionThreshold(
                    threshold.number("value"), threshold.numberOrNull("wantedFpr"))),
        fields.texts("heads"),
        fields.texts("provenance"));
  }

  private static PluginChoice choice(Fields fields) {
    fields.allow("name", "options");
    Map<String, Object> options = new LinkedHashMap<>();
    fields
        .node("options")
        .properties()
        .forEach(entry -> options.put(entry.getKey(), plain(entry.getValue(), fields)));
    return new PluginChoice(fields.text("name"), options);
  }

  /** The value of an option as YAML would give it. */
  private static Object plain(JsonNode value, Fields fields) {
    Object plain = JSON.convertValue(value, Object.class);
    if (plain == null) {
      throw fields.wrong("options", "values that are not null");
    }
    return plain;
  }
}
