package org.zepad.core.encoder;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.core.io.ElementType;
import org.zepad.core.io.StoredTensor;

/** Compares the tensors of a file with those of a backbone, without making an array. */
final class WeightCheck {
  private static final String COUNTER = "num_batches_tracked";
  private static final String VARIANCE = "running_var";

  final List<String> missing = new ArrayList<>();
  final List<String> unexpected = new ArrayList<>();
  final List<String> misshapen = new ArrayList<>();
  final List<String> unsound = new ArrayList<>();

  /**
   * Compares.
   *
   * @param expected names and shapes of the backbone
   * @param actual the tensors of the file, without prefix
   */
  WeightCheck(Map<String, Shape> expected, Map<String, StoredTensor> actual) {
    expected.forEach(
        (name, shape) -> {
          StoredTensor tensor = actual.get(name);
          if (tensor == null) {
            missing.add(name);
          } else {
            compare(name, shape, tensor);
          }
        });
    actual.keySet().stream().filter(n -> !expected.containsKey(n)).forEach(unexpected::add);
  }

  private void compare(String name, Shape shape, StoredTensor tensor) {
    boolean counter = name.endsWith(COUNTER);
    if (!tensor.shape().equals(shape)) {
      misshapen.add(name + " has " + tensor.shape() + ", expected " + shape);
    } else if (tensor.type().isFloating() == counter) {
      misshapen.add(name + " has elements of type " + tensor.type());
    } else if (!counter) {
      values(name, tensor);
    }
  }

  /** Looks at every value; the tensor has the shape of the backbone's, so its size is bounded. */
  private void values(String name, StoredTensor tensor) {
    ByteBuffer bytes = tensor.read();
    boolean variance = name.endsWith(VARIANCE);
    int width = tensor.type().bytes();
    for (int i = 0; i < bytes.limit(); i += width) {
      if (!isFinite(tensor.type(), bytes, i)) {
        unsound.add(name + " has a NaN or infinite value at element " + i / width);
        return;
      }
      if (variance && isNegative(bytes, i + width - 1)) {
        unsound.add(name + " has a negative variance at element " + i / width);
        return;
      }
    }
  }

  /** A value is NaN or infinite when all bits of its exponent are set. */
  private static boolean isFinite(ElementType type, ByteBuffer bytes, int i) {
    return switch (type) {
      // Beyond float32 a float64 would become infinite.
      case F64 -> Float.isFinite((float) bytes.getDouble(i));
      case F32 -> Float.isFinite(bytes.getFloat(i));
      case F16 -> (bytes.getShort(i) & 0x7c00) != 0x7c00;
      case BF16 -> (bytes.getShort(i) & 0x7f80) != 0x7f80;
      default -> true;
    };
  }

  /** The sign is the top bit of the last byte; a negative zero does no harm but is no variance. */
  private static boolean isNegative(ByteBuffer bytes, int last) {
    return bytes.get(last) < 0;
  }
}
