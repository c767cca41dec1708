package org.zepad.core.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.zepad.core.onnx.OnnxValue.Result;

/**
 * Where an encoder begins and ends in a graph.
 *
 * @param images what it is given; not part of it
 * @param features what it gives; the last of its parts
 */
record EncoderPart(OnnxValue images, OnnxValue features) {

  /** The names of the operators' results that are within encoders. */
  static Set<String> within(List<EncoderPart> encoders) {
    Set<String> names = new HashSet<>();
    encoders.forEach(encoder -> gather(encoder.features(), encoder.images().name(), names));
    return names;
  }

  private static void gather(OnnxValue value, String images, Set<String> names) {
    if (value instanceof Result result && !value.name().equals(images) && names.add(value.name())) {
      result.operands().forEach(operand -> gather(operand, images, names));
    }
  }
}
