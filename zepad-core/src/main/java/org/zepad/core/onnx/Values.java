package org.zepad.core.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.zepad.core.onnx.OnnxValue.Result;

/** What rewritings of graphs share. */
final class Values {
  private Values() {}

  /** Adds a value to a list. */
  static <T extends OnnxValue> T add(List<? super T> values, T value) {
    values.add(value);
    return value;
  }

  static Set<String> names(List<? extends OnnxValue> values) {
    return values.stream().map(OnnxValue::name).collect(Collectors.toSet());
  }

  /** The same result of other operands. */
  static Result with(
      Result result, List<OnnxValue> operands, SortedMap<String, Object> attributes) {
    return new Result(result.graph(), result.name(), result.operator(), operands, attributes);
  }

  /**
   * Those values that the outputs need, each after those that it needs itself.
   *
   * @param outputs names
   */
  static List<OnnxValue> needed(List<OnnxValue> values, List<String> outputs) {
    Set<String> wanted = new HashSet<>(outputs);
    List<OnnxValue> needed = new ArrayList<>();
    for (int i = values.size() - 1; i >= 0; i--) {
      OnnxValue value = values.get(i);
      if (wanted.contains(value.name())) {
        needed.add(value);
        if (value instanceof Result result) {
          result.operands().forEach(operand -> wanted.add(operand.name()));
        }
      }
    }
    Collections.reverse(needed);
    return needed;
  }
}
