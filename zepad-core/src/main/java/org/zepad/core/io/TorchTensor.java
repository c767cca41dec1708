package org.zepad.core.io;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.zepad.api.ZepadException;

/** A strided view of a storage, checked to lie inside of it. */
final class TorchTensor implements StoredTensor {
  /** A view may repeat elements (stride 0); beyond this size it must not. */
  private static final long MAX_REPEATED = 1 << 20;

  private static final int MAX_RANK = 16;

  private final TorchStorage storage;
  private final long offset;
  private final long[] sizes;
  private final long[] strides;
  private final int count;

  /**
   * Checks the geometry.
   *
   * @param where the file, for messages
   * @param offset the first element
   */
  TorchTensor(String where, TorchStorage storage, long offset, long[] sizes, long[] strides) {
    this.storage = storage;
    this.offset = offset;
    this.sizes = sizes;
    this.strides = strides;
    if (sizes.length != strides.length || sizes.length > MAX_RANK || offset < 0) {
      throw bad(where, "is malformed");
    }
    try {
      long elements = 1;
      long last = offset;
      for (int i = 0; i < sizes.length; i++) {
        if (sizes[i] < 0 || strides[i] < 0) {
          throw bad(where, "has a negative size or stride");
        }
        elements = Math.multiplyExact(elements, sizes[i]);
        if (sizes[i] > 0) {
          last = Math.addExact(last, Math.multiplyExact(sizes[i] - 1, strides[i]));
        }
      }
      if (elements > 0 && last >= storage.elements()) {
        throw bad(where, "leaves its storage of " + storage.elements() + " elements");
      }
      if (elements > Math.max(storage.elements(), MAX_REPEATED)
          || elements > (Integer.MAX_VALUE - 16) / storage.type().bytes()
          || (elements > 0 && last - offset >= (Integer.MAX_VALUE - 16) / storage.type().bytes())) {
        throw bad(where, "is too large");
      }
      count = (int) elements;
    } catch (ArithmeticException e) {
      throw ZepadException.input(
          where + ": a tensor of shape " + new Shape(sizes) + " is too large", e);
    }
  }

  private ZepadException bad(String where, String reason) {
    return ZepadException.input(
        where
            + ": a tensor (sizes "
            + Arrays.toString(sizes)
            + ", strides "
            + Arrays.toString(strides)
            + ", offset "
            + offset
            + ") "
            + reason);
  }

  @Override
  public ElementType type() {
    return storage.type();
  }

  @Override
  public Shape shape() {
    return new Shape(sizes);
  }

  @Override
  public ByteBuffer read() {
    if (count == 0) {
      return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
    }
    return isContiguous() ? storage.read(offset, count) : gather();
  }

  private boolean isContiguous() {
    long expected = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      if (sizes[i] != 1) {
        if (strides[i] != expected) {
          return false;
        }
        expected *= sizes[i];
      }
    }
    return true;
  }

  private ByteBuffer gather() {
    long last = 0;
    for (int i = 0; i < sizes.length; i++) {
      last += (sizes[i] - 1) * strides[i];
    }
    ByteBuffer from = storage.read(offset, last + 1);
    int width = type().bytes();
    ByteBuffer to = ByteBuffer.allocateDirect(count * width).order(ByteOrder.LITTLE_ENDIAN);
    long[] index = new long[sizes.length];
    long at = 0;
    for (int i = 0; i < count; i++) {
      to.put(i * width, from, (int) at * width, width);
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        at += strides[axis];
        if (++index[axis] < sizes[axis]) {
          break;
        }
        at -= sizes[axis] * strides[axis];
        index[axis] = 0;
      }
    }
    return to;
  }
}
