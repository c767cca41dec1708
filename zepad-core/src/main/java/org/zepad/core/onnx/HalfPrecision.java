package org.zepad.core.onnx;

import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.zepad.api.ZepadException;
import org.zepad.core.onnx.OnnxValue.Floats;
import org.zepad.core.onnx.OnnxValue.Packed;
import org.zepad.core.onnx.OnnxValue.Result;

/** Makes the encoders of a graph compute in float16: images are cast to it, features back. */
final class HalfPrecision {
  private static final float GREATEST = 65504;
  private static final String CAST_TO = "to";

  private final Set<String> within;
  private final Map<String, OnnxValue> halves = new HashMap<>();
  private final Map<String, OnnxValue> outside = new HashMap<>();
  private final List<OnnxValue> made = new ArrayList<>();

  private HalfPrecision(List<EncoderPart> encoders) {
    within = EncoderPart.within(encoders);
  }

  /**
   * Rewrites a graph.
   *
   * @param values in the order of computation
   * @return the same with float16 in encoders, in the order of computation
   * @throws ZepadException of kind INPUT if a weight is too large for float16
   */
  static List<OnnxValue> of(List<OnnxValue> values, List<EncoderPart> encoders) {
    HalfPrecision half = new HalfPrecision(encoders);
    Set<String> features = Values.names(encoders.stream().map(EncoderPart::features).toList());
    for (OnnxValue value : values) {
      if (value instanceof Result result && half.within.contains(value.name())) {
        Result converted = half.convert(result);
        if (features.contains(value.name())) {
          half.back(converted);
        }
      } else {
        half.keep(value);
      }
    }
    return half.made;
  }

  private Result convert(Result result) {
    List<OnnxValue> operands = result.operands().stream().map(this::half).toList();
    SortedMap<String, Object> attributes = new TreeMap<>(result.attributes());
    if (result.operator() == Operator.CAST) {
      attributes.put(CAST_TO, (long) TensorType.FLOAT16.number());
    }
    Result half = Values.add(made, Values.with(result, operands, attributes));
    halves.put(result.name(), half);
    return half;
  }

  /** Features in float32, for what comes behind the encoder. */
  private void back(Result features) {
    outside.put(features.name(), cast(features, TensorType.FLOAT));
  }

  private void keep(OnnxValue value) {
    Values.add(
        made,
        value instanceof Result result
            ? Values.with(
                result,
                result.operands().stream()
                    .map(operand -> outside.getOrDefault(operand.name(), operand))
                    .toList(),
                result.attributes())
            : value);
  }

  /** A value as encoders see it. */
  private OnnxValue half(OnnxValue value) {
    if (value instanceof Floats floats) {
      return halves.computeIfAbsent(
          value.name(), name -> Values.add(made, packed(floats, name + "/half")));
    }
    if (value instanceof OnnxValue.Integers || value instanceof OnnxValue.Absent) {
      return value;
    }
    return halves.computeIfAbsent(value.name(), name -> cast(value, TensorType.FLOAT16));
  }

  private OnnxValue cast(OnnxValue value, TensorType type) {
    SortedMap<String, Object> attributes = new TreeMap<>();
    attributes.put(CAST_TO, (long) type.number());
    String name = value.name() + (type == TensorType.FLOAT ? "/float" : "/half");
    return Values.add(
        made, new Result(value.graph(), name, Operator.CAST, List.of(value), attributes));
  }

  private static Packed packed(Floats floats, String name) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(floats.values().length, TensorType.FLOAT16.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float number : floats.values()) {
      if (Math.abs(number) > GREATEST) {
        throw ZepadException.input(
            "the constant "
                + floats.name()
                + " holds "
                + number
                + ", beyond float16's "
                + GREATEST
                + "; export it as fp32");
      }
      bytes.putShort(Fp16Conversions.floatToFp16(number));
    }
    return new Packed(floats.graph(), name, TensorType.FLOAT16, bytes.array(), floats.shape());
  }
}
