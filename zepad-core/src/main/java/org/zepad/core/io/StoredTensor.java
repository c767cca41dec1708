package org.zepad.core.io;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.zepad.api.ZepadException;

/**
 * A tensor that lies in a file. Its geometry was checked when the file was opened; its values are
 * read, and memory for them is taken, only when they are asked for.
 */
public interface StoredTensor {

  /** The type of its elements in the file. */
  ElementType type();

  /** Its shape. */
  Shape shape();

  /**
   * Reads the values in row-major order.
   *
   * @return a new little-endian buffer of exactly the tensor's bytes, positioned at 0
   * @throws ZepadException of kind INPUT if the file was cut or changed meanwhile
   */
  ByteBuffer read();

  /** Reads the values into an array of the type in the file. */
  default NDArray read(NDManager manager) {
    return TensorBytes.create(manager, read(), shape(), type());
  }

  /**
   * Reads the values into an array as networks want them: half precision (float16, bfloat16) is
   * widened to float32, which is exact, and float64 rounded to it; integers stay what they are.
   */
  default NDArray readFloat32(NDManager manager) {
    return switch (type()) {
      case F16, BF16 ->
          TensorBytes.create(manager, widen(read(), type()), shape(), ElementType.F32);
      case F64 -> {
        try (NDArray exact = read(manager)) {
          yield exact.toType(DataType.FLOAT32, false);
        }
      }
      default -> read(manager);
    };
  }

  private static ByteBuffer widen(ByteBuffer half, ElementType type) {
    int count = half.remaining() / 2;
    ByteBuffer wide = ByteBuffer.allocateDirect(count * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      short bits = half.getShort(2 * i);
      wide.putFloat(
          4 * i,
          type == ElementType.BF16 ? HalfFloats.ofBfloat16(bits) : HalfFloats.ofFloat16(bits));
    }
    return wide;
  }
}
