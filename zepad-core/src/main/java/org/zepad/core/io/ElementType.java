package org.zepad.core.io;

import ai.djl.ndarray.types.DataType;
import java.util.Optional;

/** The element types that tensors in files may have. The names are those of safetensors. */
public enum ElementType {
  F64(DataType.FLOAT64, "Double"),
  F32(DataType.FLOAT32, "Float"),
  F16(DataType.FLOAT16, "Half"),
  BF16(DataType.BFLOAT16, "BFloat16"),
  I64(DataType.INT64, "Long"),
  I32(DataType.INT32, "Int"),
  I16(DataType.INT16, "Short"),
  I8(DataType.INT8, "Char"),
  U8(DataType.UINT8, "Byte"),
  BOOL(DataType.BOOLEAN, "Bool");

  private final DataType dataType;
  private final String torchName;

  ElementType(DataType dataType, String torchName) {
    this.dataType = dataType;
    this.torchName = torchName;
  }

  /** The type in DJL. */
  public DataType dataType() {
    return dataType;
  }

  /** Bytes of one element. */
  public int bytes() {
    return dataType.getNumOfBytes();
  }

  /** Whether it is a floating-point type. */
  public boolean isFloating() {
    return dataType.isFloating();
  }

  /** The type of a name as safetensors writes it, such as {@code BF16}. */
  static Optional<ElementType> ofSafetensors(String name) {
    for (ElementType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The type of a storage class of {@code torch}, such as {@code FloatStorage}. */
  static Optional<ElementType> ofTorchStorage(String className) {
    for (ElementType type : values()) {
      if ((type.torchName + "Storage").equals(className)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The type of an array. */
  static Optional<ElementType> of(DataType dataType) {
    for (ElementType type : values()) {
      if (type.dataType == dataType) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
