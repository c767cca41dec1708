package org.zepad.core.onnx;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.api.defence.Role;
import org.zepad.core.detect.DetectionThreshold;

/**
 * What an exported file says of itself: JSON in its metadata entry {@value #METADATA}.
 *
 * @param formatVersion the version of this layout
 * @param opset the version of ONNX's operator set
 * @param input the form of the images
 * @param precision with what numbers its encoders compute
 * @param size side in pixels of the largest of its encoders' images, at least 1
 * @param branches in the order of the columns of the confidences, at least one
 * @param tasks at least one
 * @param fusion how branch logits are combined
 * @param detector what scores branch confidences
 * @param sources the SHA-256 of each file of the bundle that it was made of, by path
 * @param provenance facts that rebuild it: those of the bundle, and versions
 */
public record ModelInfo(
    int formatVersion,
    int opset,
    InputForm input,
    Precision precision,
    int size,
    List<BranchInfo> branches,
    List<TaskInfo> tasks,
    PluginInfo fusion,
    PluginInfo detector,
    Map<String, String> sources,
    Map<String, String> provenance) {

  /** The version of the layout that this code writes and reads. */
  public static final int FORMAT_VERSION = 2;

  /** The metadata entry. */
  public static final String METADATA = "zepad.model";

  /** The name of the input: images, (N, 3, H, W). */
  public static final String IMAGES = "images";

  private static final int GREATEST_SIZE = 4096;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  public ModelInfo {
    branches = List.copyOf(branches);
    tasks = List.copyOf(tasks);
    sources = Collections.unmodifiableMap(new TreeMap<>(sources));
    provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    require(size >= 1 && size <= GREATEST_SIZE, "images of 1 to " + GREATEST_SIZE + " pixels");
    require(!branches.isEmpty() && !tasks.isEmpty(), "a branch and a task");
    require(distinct(branches.stream().map(BranchInfo::name).toList()), "branches of unlike names");
    require(distinct(tasks.stream().map(TaskInfo::name).toList()), "tasks of unlike names");
  }

  /**
   * The same model in another precision.
   *
   * @param facts about how it was made, to be noted beside the others
   */
  ModelInfo in(Precision other, Map<String, String> facts) {
    Map<String, String> all = new TreeMap<>(provenance);
    facts.forEach((key, value) -> all.put("export." + key, value));
    return new ModelInfo(
        formatVersion, opset, input, other, size, branches, tasks, fusion, detector, sources, all);
  }

  /** How images come in. */
  public enum InputForm {
    /** Bytes, 0 to 255. What is resized is rounded to bytes, as in evaluation. */
    @JsonProperty("uint8")
    UINT8,
    /** Float32 in [0, 1]. What is resized stays as it is. */
    @JsonProperty("float")
    FLOAT
  }

  /**
   * A branch.
   *
   * @param name kebab case
   * @param role what it is for
   */
  public record BranchInfo(String name, Role role) {
    public BranchInfo {
      requireName(name);
    }
  }

  /**
   * A task, with the outputs {@code logits_NAME} (N, C), {@code confidences_NAME} (N, B) and {@code
   * score_NAME} (N).
   *
   * @param name kebab case
   * @param classes in the order of the logits, at least two, all different
   * @param threshold above which detection score an image is flagged
   * @param wantedFpr the share of benign images for which the threshold was calibrated, or null
   */
  public record TaskInfo(
      String name, List<String> classes, double threshold, @Nullable Double wantedFpr) {
    public TaskInfo {
      classes = List.copyOf(classes);
      requireName(name);
      require(classes.size() >= 2 && distinct(classes), "two or more classes of unlike names");
      require(Double.isFinite(threshold), "a finite threshold");
    }

    /** The threshold as a verdict. */
    public DetectionThreshold detection() {
      return DetectionThreshold.fixed(threshold);
    }

    /** The output of fused logits, (N, C). */
    public String logits() {
      return "logits_" + name;
    }

    /** The output of branch confidences, (N, B). */
    public String confidences() {
      return "confidences_" + name;
    }

    /** The output of detection scores, (N). */
    public String score() {
      return "score_" + name;
    }
  }

  /**
   * A plugin that is part of the graph.
   *
   * @param name its permanent name
   * @param options all of its options
   */
  public record PluginInfo(String name, Map<String, Object> options) {
    public PluginInfo {
      options = Collections.unmodifiableMap(new TreeMap<>(options));
    }
  }

  /**
   * The task of a name.
   *
   * @param name empty: the only one
   * @throws ZepadException of kind USAGE if there is none, or none is named and there are several
   */
  public TaskInfo task(String name) {
    if (name.isEmpty() && tasks.size() == 1) {
      return tasks.get(0);
    }
    List<String> names = tasks.stream().map(TaskInfo::name).toList();
    if (name.isEmpty()) {
      throw ZepadException.usage("the model has the tasks " + names + "; name one with --task");
    }
    return tasks.stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ZepadException.usage(
                    "the model has no task '" + name + "'; its tasks are " + names));
  }

  /** As JSON. */
  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record can always be written", e);
    }
  }

  /**
   * From JSON.
   *
   * @throws JsonProcessingException if it is none of ours; the message says what is wrong
   */
  static ModelInfo read(String json) throws JsonProcessingException {
    int version = JSON.readTree(json).path("formatVersion").asInt(FORMAT_VERSION);
    if (version != FORMAT_VERSION) {
      // Another version may lack what this one has; that it is another says more.
      throw new JsonParseException(
          null,
          "its format version is %d, this version of ZePAD reads %d"
              .formatted(version, FORMAT_VERSION));
    }
    ModelInfo info = JSON.readValue(json, ModelInfo.class);
    if (info == null) {
      throw new JsonParseException(null, "it is null");
    }
    return info;
  }

  private static boolean distinct(List<String> names) {
    Set<String> seen = new HashSet<>(names);
    return seen.size() == names.size();
  }

  private static void requireName(String name) {
    require(name != null && NAME.matcher(name).matches(), "names in kebab case, not " + name);
  }

  private static void require(boolean sound, String what) {
    if (!sound) {
      throw new IllegalArgumentException("a model needs " + what);
    }
  }
}
