package org.zepad.core.io;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.zepad.api.ZepadException;

/** Between bytes and the engine's arrays. All platforms of the engine are little-endian. */
final class TensorBytes {
  private TensorBytes() {}

  /**
   * An array that owns its memory, from little-endian bytes in row-major order. Never of a type
   * that the engine lacks: it would end the process.
   */
  static NDArray create(NDManager manager, ByteBuffer bytes, Shape shape, ElementType type) {
    if (shape.size() == 0) {
      return manager.create(shape, type.dataType());
    }
    ByteBuffer direct = bytes;
    if (!bytes.isDirect()) {
      direct = ByteBuffer.allocateDirect(bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN);
      direct.put(bytes.duplicate()).rewind();
    }
    // The engine wraps a direct buffer without copying and does not tell views to keep it alive;
    // the copy makes the array the owner of its memory.
    try (NDArray view = manager.create(direct, shape, type.dataType())) {
      return view.duplicate();
    }
  }

  /** The values of an array in row-major order, little-endian. */
  static ByteBuffer bytes(NDArray array) {
    return array.size() == 0
        ? ByteBuffer.allocate(0)
        : array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The element type of an array that is to be written. */
  static ElementType typeOf(String name, NDArray array) {
    return ElementType.of(array.getDataType())
        .orElseThrow(
            () ->
                ZepadException.usage(
                    "tensor '"
                        + name
                        + "' has type "
                        + array.getDataType()
                        + ", which no file format of ours holds"));
  }
}
