package org.zepad.core.onnx;

import java.util.List;
import java.util.SortedMap;
import org.zepad.api.graph.Value;

/** A value of an {@link OnnxGraph}, under a name that is unique in it. */
sealed interface OnnxValue extends Value {

  /** The graph that it is of. */
  OnnxGraph graph();

  /** Unique in the graph; empty for an operand that is left out. */
  String name();

  /** The images that come from outside. */
  record Input(OnnxGraph graph, String name) implements OnnxValue {}

  /** An operand that is left out. */
  record Absent(OnnxGraph graph) implements OnnxValue {
    @Override
    public String name() {
      return "";
    }
  }

  /**
   * Fixed numbers.
   *
   * @param values in row-major order; not changed
   * @param shape empty for a single number
   */
  record Floats(OnnxGraph graph, String name, float[] values, long[] shape) implements OnnxValue {}

  /**
   * Fixed whole numbers: axes, shapes, indices.
   *
   * @param scalar whether it is a single number without an axis
   */
  record Integers(OnnxGraph graph, String name, long[] values, boolean scalar)
      implements OnnxValue {}

  /**
   * Fixed numbers of a type that is computed with in other precisions alone.
   *
   * @param values little-endian, in row-major order; not changed
   * @param shape empty for a single number
   */
  record Packed(OnnxGraph graph, String name, TensorType type, byte[] values, long[] shape)
      implements OnnxValue {}

  /**
   * What an operator gives.
   *
   * @param attributes {@code Long}, {@code Float}, {@code String} or {@code long[]}
   */
  record Result(
      OnnxGraph graph,
      String name,
      Operator operator,
      List<OnnxValue> operands,
      SortedMap<String, Object> attributes)
      implements OnnxValue {}
}
