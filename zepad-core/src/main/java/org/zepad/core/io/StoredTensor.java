package org.zepad.core.io;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
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

  /**
   * Reads the values into an array of the type in the file, except that bfloat16 is widened to
   * float32 and int16 to int32, exactly: the engine's arrays have neither.
   */
  default NDArray read(NDManager manager) {
    return switch (type()) {
      case BF16 -> TensorBytes.create(manager, Widening.bfloat16(read()), shape(), ElementType.F32);
      case I16 -> TensorBytes.create(manager, Widening.int16(read()), shape(), ElementType.I32);
      default -> TensorBytes.create(manager, read(), shape(), type());
    };
  }

  /**
   * Reads the values into an array as networks want them: half precision (float16, bfloat16) is
   * widened to float32, which is exact, and float64 rounded to it; integers as {@link
   * #read(NDManager)} does.
   */
  default NDArray readFloat32(NDManager manager) {
    return switch (type()) {
      case F16 -> TensorBytes.create(manager, Widening.float16(read()), shape(), ElementType.F32);
      case F64 -> TensorBytes.create(manager, Widening.float64(read()), shape(), ElementType.F32);
      default -> read(manager);
    };
  }
}
