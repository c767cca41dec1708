package org.zepad.core.onnx;

import java.util.Arrays;
import java.util.Optional;

/** The operators of ONNX that files of ours are made of. */
enum Operator {
  ADD("Add", 14),
  AVERAGE_POOL("AveragePool", 11),
  BATCH_NORMALIZATION("BatchNormalization", 15),
  CAST("Cast", 13),
  CLIP("Clip", 13),
  CONCAT("Concat", 13),
  CONV("Conv", 11),
  DEQUANTIZE_LINEAR("DequantizeLinear", 13),
  DIV("Div", 14),
  ERF("Erf", 13),
  EXP("Exp", 13),
  EXPAND("Expand", 13),
  FLOOR("Floor", 13),
  GATHER("Gather", 13),
  IDENTITY("Identity", 16),
  LAYER_NORMALIZATION("LayerNormalization", 17),
  LESS("Less", 13),
  LOG("Log", 13),
  LOG_SOFTMAX("LogSoftmax", 13),
  MAT_MUL("MatMul", 13),
  MAX("Max", 13),
  MAX_POOL("MaxPool", 12),
  MUL("Mul", 14),
  NEG("Neg", 13),
  QUANTIZE_LINEAR("QuantizeLinear", 13),
  REDUCE_MAX("ReduceMax", 18),
  REDUCE_MEAN("ReduceMean", 18),
  REDUCE_SUM("ReduceSum", 13),
  RELU("Relu", 14),
  RESHAPE("Reshape", 14),
  RESIZE("Resize", 18),
  SHAPE("Shape", 15),
  SLICE("Slice", 13),
  SOFTMAX("Softmax", 13),
  SUB("Sub", 14),
  TRANSPOSE("Transpose", 13);

  /** The version of the operator set that files declare: the first with an anti-aliased Resize. */
  static final int OPSET = 18;

  private final String onnx;
  private final int since;

  Operator(String onnx, int since) {
    this.onnx = onnx;
    this.since = since;
  }

  /** The operator's name in ONNX. */
  String onnx() {
    return onnx;
  }

  /** The version of the operator set from which on it is as we use it; at most {@link #OPSET}. */
  int since() {
    return since;
  }

  /** The operator of a name in ONNX, if it is one of ours. */
  static Optional<Operator> of(String onnx) {
    return Arrays.stream(values()).filter(operator -> operator.onnx.equals(onnx)).findFirst();
  }
}
