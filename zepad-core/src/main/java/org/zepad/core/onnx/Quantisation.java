package org.zepad.core.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.zepad.core.onnx.OnnxValue.Floats;
import org.zepad.core.onnx.OnnxValue.Packed;
import org.zepad.core.onnx.OnnxValue.Result;

/**
 * Makes the encoders of a graph compute in bytes: activations unsigned with one scale a value,
 * weights signed with a scale for each output channel, biases of 32 bits (Jacob et al. 2018,
 * section 2). Around each operator, values are written as bytes and read back; from that runtimes
 * make operators on bytes.
 */
final class Quantisation {
  private static final int LEVELS = 255;

  private final QuantisedPlaces places;
  private final Map<String, Range> ranges;
  private final Map<String, Scale> scales = new HashMap<>();
  private final Map<String, OnnxValue> read = new HashMap<>();
  private final List<OnnxValue> made = new ArrayList<>();

  private Quantisation(QuantisedPlaces places, Map<String, Range> ranges) {
    this.places = places;
    this.ranges = ranges;
  }

  /** How bytes stand for numbers: number = scale * (byte - zero). */
  private record Scale(Floats step, Packed zero) {}

  /**
   * Rewrites a graph.
   *
   * @param values in the order of computation
   * @param ranges of the values that {@link QuantisedPlaces#wanted} names
   * @return the same with bytes, in the order of computation
   */
  static List<OnnxValue> of(
      List<OnnxValue> values, QuantisedPlaces places, Map<String, Range> ranges) {
    Quantisation quantisation = new Quantisation(places, ranges);
    values.forEach(quantisation::rewrite);
    return quantisation.made;
  }

  private void rewrite(OnnxValue value) {
    OnnxValue computed = value;
    if (value instanceof Result result) {
      if (places.isRange(result)) {
        // Nothing to compute: its bytes begin at zero.
        computed = result.operands().get(0);
      } else {
        computed = places.computes(result) ? inBytes(result) : inFloats(result);
        made.add(computed);
      }
    } else {
      made.add(value);
    }
    if (places.has(value)) {
      read.put(value.name(), throughBytes(value, computed));
    }
  }

  private Result inBytes(Result result) {
    List<OnnxValue> operands = new ArrayList<>();
    result.operands().forEach(o -> operands.add(read.getOrDefault(o.name(), o)));
    if (operands.get(1 % operands.size()) instanceof Floats weights) {
      int axis = result.operator() == Operator.CONV ? 0 : 1;
      QuantisedWeights packed = QuantisedWeights.of(weights.values(), weights.shape(), axis);
      operands.set(1, read(weights, TensorType.INT8, packed.bytes(), packed.scales(), axis));
      if (operands.size() > 2) {
        Floats bias = (Floats) operands.get(2);
        Scale input = scale(result.operands().get(0));
        float[] products = packed.scalesOfProducts(input.step().values()[0]);
        byte[] integers = QuantisedWeights.integers(bias.values(), products);
        operands.set(2, read(bias, TensorType.INT32, integers, products, 0));
      }
    }
    return Values.with(result, operands, result.attributes());
  }

  /** What computes in floats takes values as they are, unless they exist as bytes alone. */
  private Result inFloats(Result result) {
    List<OnnxValue> operands = new ArrayList<>();
    for (OnnxValue operand : result.operands()) {
      boolean bytesAlone =
          operand instanceof Result made && (places.computes(made) || places.isRange(made));
      operands.add(bytesAlone ? read.getOrDefault(operand.name(), operand) : operand);
    }
    return Values.with(result, operands, result.attributes());
  }

  private OnnxValue throughBytes(OnnxValue value, OnnxValue computed) {
    Scale scale = scale(value);
    List<OnnxValue> operands = List.of(computed, scale.step(), scale.zero());
    OnnxValue bytes = add(value, "bytes", Operator.QUANTIZE_LINEAR, operands, new TreeMap<>());
    operands = List.of(bytes, scale.step(), scale.zero());
    return add(value, "read", Operator.DEQUANTIZE_LINEAR, operands, new TreeMap<>());
  }

  /** Constants in bytes, as the floats that they stand for. */
  private OnnxValue read(Floats constant, TensorType type, byte[] bytes, float[] steps, long axis) {
    SortedMap<String, Object> attributes = new TreeMap<>();
    attributes.put("axis", axis);
    // One constant may serve several operators whose inputs have scales of their own.
    String name = constant.name() + "/" + made.size();
    List<OnnxValue> operands =
        List.of(
            Values.add(
                made, new Packed(constant.graph(), name + "/bytes", type, bytes, constant.shape())),
            Values.add(
                made,
                new Floats(constant.graph(), name + "/steps", steps, new long[] {steps.length})));
    return Values.add(
        made,
        new Result(
            constant.graph(), name + "/read", Operator.DEQUANTIZE_LINEAR, operands, attributes));
  }

  private OnnxValue add(
      OnnxValue value,
      String suffix,
      Operator operator,
      List<OnnxValue> operands,
      SortedMap<String, Object> attributes) {
    return Values.add(
        made,
        new Result(value.graph(), value.name() + "/" + suffix, operator, operands, attributes));
  }

  private Scale scale(OnnxValue value) {
    String source = places.scaleOf(value.name());
    Scale known = scales.get(source);
    if (known == null) {
      Range range = ranges.get(source);
      if (range == null) {
        throw new IllegalArgumentException("the range of " + source + " is missing");
      }
      known = scale(value.graph(), source, range);
      scales.put(source, known);
    }
    return known;
  }

  private Scale scale(OnnxGraph graph, String name, Range range) {
    // Zero is one of the numbers, since padding is made of it.
    double least = Math.min(0, range.least());
    double greatest = Math.max(0, range.greatest());
    float step = (float) Math.max((greatest - least) / LEVELS, Float.MIN_NORMAL);
    byte zero = (byte) Math.min(LEVELS, Math.round(-least / step));
    long[] scalar = {};
    return new Scale(
        Values.add(made, new Floats(graph, name + "/step", new float[] {step}, scalar)),
        Values.add(
            made, new Packed(graph, name + "/zero", TensorType.UINT8, new byte[] {zero}, scalar)));
  }
}
