package org.zepad.core.experiment;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.ThreatModel;
import org.zepad.api.defence.Role;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.evaluate.Measured;
import org.zepad.core.evaluate.SubjectInfo;
import org.zepad.core.io.Safetensors;
import org.zepad.core.metrics.Outcomes;

/**
 * A cell on disk: a safetensors file with the labels, predictions, detection scores and branch
 * confidences of each image, in the order of the test images, and the facts as JSON in its
 * metadata. Other programs can read it, too.
 */
final class CellFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FACTS = "zepad.cell";
  private static final int VERSION = 1;

  private CellFile() {}

  /** Writes a cell at once. */
  static void write(Path file, StoredCell cell) {
    Measured measured = cell.measured();
    try (NDManager scope = NDManager.newBaseManager(Device.cpu())) {
      Map<String, NDArray> tensors = new TreeMap<>();
      tensors.put("labels", scope.create(measured.clean().labels()));
      side("clean", measured.clean(), measured.cleanScores(), tensors, scope);
      side("attacked", measured.attacked(), measured.attackedScores(), tensors, scope);
      put("clean.confidences", measured.cleanConfidences(), tensors, scope);
      put("attacked.confidences", measured.attackedConfidences(), tensors, scope);
      GalleryTensors.put(cell.gallery().examples(), tensors, scope);
      Safetensors.write(file, tensors, Map.of(FACTS, JSON.writeValueAsString(facts(cell))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static void side(
      String name,
      Outcomes outcomes,
      float @Nullable [] scores,
      Map<String, NDArray> tensors,
      NDManager scope) {
    tensors.put(name + ".predictions", scope.create(outcomes.predictions()));
    tensors.put(name + ".in-top-five", scope.create(outcomes.inTopFive()));
    put(name + ".scores", scores, tensors, scope);
  }

  private static void put(
      String name, float @Nullable [] values, Map<String, NDArray> tensors, NDManager scope) {
    if (values != null) {
      tensors.put(name, scope.create(values));
    }
  }

  private static ObjectNode facts(StoredCell cell) {
    ObjectNode facts = JSON.createObjectNode();
    facts.put("version", VERSION);
    facts.put("seed", cell.seed());
    facts.put("victim", cell.victim());
    facts.put("task", cell.task());
    facts.put("attack", cell.attack());
    facts.put("threatModel", kebab(cell.threatModel()));
    facts.put("knowledge", kebab(cell.knowledge()));
    facts.put("norm", kebab(cell.budget().norm()));
    facts.put("epsilon", cell.budget().epsilon());
    facts.put("aimedAt", cell.aimedAt());
    facts.put("classes", cell.measured().clean().classes());
    SubjectInfo subject = cell.measured().subject();
    facts.put("model", subject.name());
    facts.put("undefended", subject.undefended());
    DetectionThreshold threshold = subject.threshold();
    if (threshold != null) {
      ObjectNode node = facts.putObject("threshold");
      node.put("value", threshold.value());
      threshold.wantedFpr().ifPresent(fpr -> node.put("wantedFpr", fpr));
    }
    ArrayNode branches = facts.putArray("branches");
    subject
        .branches()
        .forEach(
            branch ->
                branches.addObject().put("name", branch.name()).put("role", kebab(branch.role())));
    ArrayNode names = facts.putArray("classNames");
    cell.gallery().classes().forEach(names::add);
    ObjectNode provenance = facts.putObject("provenance");
    cell.provenance().forEach(provenance::put);
    return facts;
  }

  /**
   * Reads a cell.
   *
   * @throws ZepadException of kind INPUT if it is none, or damaged
   */
  static StoredCell read(Path file) {
    try (NDManager scope = NDManager.newBaseManager(Device.cpu())) {
      Safetensors.Contents contents = Safetensors.read(file, scope);
      JsonNode facts = JSON.readTree(contents.metadata().getOrDefault(FACTS, ""));
      if (facts.path("version").asInt() != VERSION) {
        throw ZepadException.input(
            file + " is no cell of version " + VERSION + "; delete it to have it measured anew");
      }
      return cell(facts, new Arrays(contents.tensors()));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw ZepadException.input(
          file + " is a damaged cell: " + e.getMessage() + "; delete it to have it measured anew",
          e);
    }
  }

  private static StoredCell cell(JsonNode facts, Arrays arrays) {
    int classes = facts.path("classes").asInt();
    int[] labels = arrays.ints("labels");
    Measured measured =
        new Measured(
            subject(facts),
            outcomes("clean", classes, labels, arrays),
            outcomes("attacked", classes, labels, arrays),
            arrays.floats("clean.scores"),
            arrays.floats("attacked.scores"),
            arrays.floats("clean.confidences"),
            arrays.floats("attacked.confidences"));
    Map<String, String> provenance = new LinkedHashMap<>();
    facts
        .path("provenance")
        .properties()
        .forEach(fact -> provenance.put(fact.getKey(), fact.getValue().asText()));
    return new StoredCell(
        facts.path("seed").asLong(),
        facts.path("victim").asText(),
        facts.path("task").asText(),
        facts.path("attack").asText(),
        constant(ThreatModel.class, facts.path("threatModel")),
        constant(Knowledge.class, facts.path("knowledge")),
        new Budget(constant(Norm.class, facts.path("norm")), facts.path("epsilon").asDouble()),
        facts.path("aimedAt").isTextual() ? facts.path("aimedAt").asText() : null,
        provenance,
        measured,
        new Gallery(names(facts.path("classNames")), GalleryTensors.read(arrays.tensors())));
  }

  private static List<String> names(JsonNode names) {
    List<String> all = new ArrayList<>();
    names.forEach(name -> all.add(name.asText()));
    return all;
  }

  private static SubjectInfo subject(JsonNode facts) {
    List<SubjectInfo.BranchInfo> branches = new ArrayList<>();
    for (JsonNode branch : facts.path("branches")) {
      branches.add(
          new SubjectInfo.BranchInfo(
              branch.path("name").asText(), constant(Role.class, branch.path("role"))));
    }
    JsonNode threshold = facts.path("threshold");
    JsonNode fpr = threshold.path("wantedFpr");
    return new SubjectInfo(
        facts.path("model").asText(),
        facts.path("undefended").asBoolean(),
        threshold.isMissingNode()
            ? null
            : new DetectionThreshold(
                threshold.path("value").asDouble(),
                fpr.isNumber() ? OptionalDouble.of(fpr.asDouble()) : OptionalDouble.empty()),
        branches);
  }

  private static Outcomes outcomes(String side, int classes, int[] labels, Arrays arrays) {
    return Outcomes.of(
        classes,
        labels,
        arrays.ints(side + ".predictions"),
        arrays.booleans(side + ".in-top-five"));
  }

  private static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode name) {
    return Enum.valueOf(type, name.asText().toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Tensors as Java arrays. */
  private record Arrays(Map<String, NDArray> tensors) {
    int[] ints(String name) {
      return required(name).toIntArray();
    }

    boolean[] booleans(String name) {
      return required(name).toBooleanArray();
    }

    float @Nullable [] floats(String name) {
      NDArray array = tensors.get(name);
      return array == null ? null : array.toFloatArray();
    }

    private NDArray required(String name) {
      NDArray array = tensors.get(name);
      if (array == null) {
        throw new IllegalArgumentException("it has no '" + name + "'");
      }
      return array;
    }
  }
}
