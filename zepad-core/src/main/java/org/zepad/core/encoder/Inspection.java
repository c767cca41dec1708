package org.zepad.core.encoder;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.io.ElementType;

/**
 * What a file of tensors holds, and whether it makes an encoder.
 *
 * @param file where it lies
 * @param format its layout, for a person
 * @param tensors every tensor, in the order of the file
 * @param facts metadata and hyper-parameters: dotted paths to texts, numbers and truth values
 * @param prefix what the names of the encoder's tensors begin with, perhaps empty; null if no
 *     backbone was recognised
 * @param backbone the name of the recognised backbone, or null
 * @param backboneOptions its options, kebab-case; empty if none was recognised
 * @param method the SSL method, or {@code unknown}
 * @param preprocessing what file or person say about it, or null if neither does
 * @param ignored names of tensors that are no part of the encoder: classifiers, projectors, queues,
 *     momentum encoders, all that lies under other prefixes
 * @param missing names of tensors that the backbone needs and the file lacks
 * @param unexpected names of tensors in the encoder's place that the backbone does not know
 * @param misshapen a line for each tensor of another shape or kind than the backbone's
 * @param unsound a line for each tensor with NaN, infinity or a negative variance
 * @param remark why no backbone was recognised, or empty
 */
public record Inspection(
    Path file,
    String format,
    Map<String, TensorInfo> tensors,
    Map<String, Object> facts,
    @Nullable String prefix,
    @Nullable String backbone,
    Map<String, Object> backboneOptions,
    String method,
    @Nullable Preprocessing preprocessing,
    List<String> ignored,
    List<String> missing,
    List<String> unexpected,
    List<String> misshapen,
    List<String> unsound,
    String remark) {

  /** A tensor: its shape and the type of its elements. */
  public record TensorInfo(Shape shape, ElementType type) {}

  public Inspection {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    backboneOptions = Collections.unmodifiableMap(new LinkedHashMap<>(backboneOptions));
    ignored = List.copyOf(ignored);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    misshapen = List.copyOf(misshapen);
    unsound = List.copyOf(unsound);
  }

  /** Whether an encoder can be made of it. */
  public boolean isEncoder() {
    return problems().isEmpty();
  }

  /** Everything that stands against making an encoder of it, a line each. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!remark.isEmpty()) {
      problems.add(remark);
    }
    missing.forEach(name -> problems.add("missing: " + name));
    unexpected.forEach(name -> problems.add("unexpected: " + name));
    misshapen.forEach(line -> problems.add("other shape: " + line));
    unsound.forEach(line -> problems.add("unsound: " + line));
    return List.copyOf(problems);
  }

  /** One line for a person. */
  public String verdict() {
    if (!isEncoder()) {
      return "no encoder: " + problems().size() + " problem(s)";
    }
    return "encoder: "
        + backbone
        + " "
        + backboneOptions
        + " under '"
        + prefix
        + "', method "
        + method
        + (preprocessing == null
            ? ", pre-processing unknown: it must be given"
            : ", images of " + preprocessing.size() + " pixels");
  }
}
