package org.zepad.core.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.OnnxValue.Result;

/**
 * A model that gives, instead of classes, between which numbers inner values lie over a batch of
 * images.
 *
 * @param bytes the model; its outputs are {@link #greatest} and {@link #greatestNegative} of each
 *     inner value
 * @param input how its images come in
 * @param names the inner values
 */
public record CalibrationModel(byte[] bytes, InputForm input, List<String> names) {
  public CalibrationModel {
    names = List.copyOf(names);
  }

  static CalibrationModel of(List<OnnxValue> values, Set<String> wanted, ModelInfo info) {
    List<OnnxValue> all = new ArrayList<>(values);
    List<String> names = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    for (OnnxValue value : values) {
      String name = value.name();
      if (wanted.contains(name)) {
        Result negative = result("negative:" + name, Operator.NEG, value, Map.of());
        all.add(negative);
        Map<String, Object> single = Map.of("keepdims", 0L);
        all.add(result(greatest(name), Operator.REDUCE_MAX, value, single));
        all.add(result(greatestNegative(name), Operator.REDUCE_MAX, negative, single));
        outputs.addAll(List.of(greatest(name), greatestNegative(name)));
        names.add(name);
      }
    }
    return new CalibrationModel(
        ModelProtos.ofNumbers(Values.needed(all, outputs), outputs, info).toByteArray(),
        info.input(),
        names);
  }

  private static Result result(
      String name, Operator operator, OnnxValue operand, Map<String, Object> attributes) {
    return new Result(operand.graph(), name, operator, List.of(operand), new TreeMap<>(attributes));
  }

  /** The output that is the greatest number of an inner value. */
  public static String greatest(String name) {
    return "greatest:" + name;
  }

  /** The output that is the least number of an inner value, its sign turned. */
  public static String greatestNegative(String name) {
    return "greatest-negative:" + name;
  }
}
