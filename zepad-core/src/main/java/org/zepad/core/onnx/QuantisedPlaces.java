package org.zepad.core.onnx;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zepad.core.onnx.OnnxValue.Floats;
import org.zepad.core.onnx.OnnxValue.Result;

/**
 * Which values of encoders become bytes: what goes into convolutions and products with fixed
 * weights, what comes out of convolutions, and sums of such. A ReLU behind one of these is the
 * lower end of the bytes' range and needs no operator.
 */
final class QuantisedPlaces {
  private final Set<String> within;
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, Result> onlyUse = new HashMap<>();
  private final Set<String> places = new LinkedHashSet<>();
  private final Map<String, String> pooled = new HashMap<>();

  private QuantisedPlaces(List<EncoderPart> encoders) {
    within = EncoderPart.within(encoders);
  }

  static QuantisedPlaces of(List<OnnxValue> values, List<EncoderPart> encoders) {
    QuantisedPlaces found = new QuantisedPlaces(encoders);
    for (OnnxValue value : values) {
      if (value instanceof Result result) {
        result.operands().forEach(operand -> found.uses.merge(operand.name(), 1, Integer::sum));
        result.operands().forEach(operand -> found.onlyUse.put(operand.name(), result));
      }
    }
    for (OnnxValue value : values) {
      if (value instanceof Result result && found.within.contains(value.name())) {
        found.look(result);
      }
    }
    return found;
  }

  private void look(Result result) {
    List<OnnxValue> operands = result.operands();
    switch (result.operator()) {
      case CONV -> {
        places.add(operands.get(0).name());
        places.add(end(result).name());
      }
      case MAT_MUL -> {
        if (operands.get(1) instanceof Floats) {
          places.add(operands.get(0).name());
        }
      }
      case ADD -> {
        if (operands.stream().allMatch(this::has)) {
          places.add(end(result).name());
        }
      }
      case MAX_POOL -> {
        if (has(operands.get(0))) {
          pooled.put(result.name(), operands.get(0).name());
        }
      }
      default -> {}
    }
  }

  /** The value whose range counts: that of the ReLU which is the only one to use it, or its own. */
  private Result end(Result result) {
    Result relu = relu(result);
    return relu == null ? result : relu;
  }

  private @Nullable Result relu(Result result) {
    Result use = onlyUse.get(result.name());
    boolean alone = Integer.valueOf(1).equals(uses.get(result.name()));
    return use != null && alone && use.operator() == Operator.RELU ? use : null;
  }

  /** The names of the values whose ranges are wanted. */
  Set<String> wanted() {
    return Set.copyOf(places);
  }

  /** Whether a value becomes bytes. */
  boolean has(OnnxValue value) {
    return places.contains(value.name()) || pooled.containsKey(value.name());
  }

  /** Whether an operator is one that computes with bytes. */
  boolean computes(Result result) {
    return within.contains(result.name())
        && switch (result.operator()) {
          case CONV -> true;
          case MAT_MUL -> result.operands().get(1) instanceof Floats;
          case ADD, MAX_POOL -> result.operands().stream().allMatch(this::has);
          default -> false;
        };
  }

  /** Whether a ReLU is left out, being the lower end of its operand's range. */
  boolean isRange(Result result) {
    return result.operator() == Operator.RELU
        && result.operands().get(0) instanceof Result before
        && computes(before)
        && before.operator() != Operator.MAT_MUL
        && result.equals(relu(before))
        && has(result);
  }

  /** The value that has the same scale as this one: itself, or what was pooled to it. */
  String scaleOf(String name) {
    String source = pooled.get(name);
    return source == null ? name : scaleOf(source);
  }
}
