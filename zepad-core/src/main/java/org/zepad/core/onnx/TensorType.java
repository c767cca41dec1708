package org.zepad.core.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.Optional;

/** The types of constants in files of ours. */
enum TensorType {
  FLOAT(DataType.FLOAT, 4),
  FLOAT16(DataType.FLOAT16, 2),
  INT8(DataType.INT8, 1),
  UINT8(DataType.UINT8, 1),
  INT32(DataType.INT32, 4),
  INT64(DataType.INT64, 8);

  private final DataType onnx;
  private final int bytes;

  TensorType(DataType onnx, int bytes) {
    this.onnx = onnx;
    this.bytes = bytes;
  }

  /** Its number in ONNX. */
  int number() {
    return onnx.getNumber();
  }

  /** Bytes of an element. */
  int bytes() {
    return bytes;
  }

  /** The type of a number in ONNX, if it is one of ours. */
  static Optional<TensorType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.number() == number).findFirst();
  }
}
