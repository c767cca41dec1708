package org.zepad.core.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Element types that the engine or the networks do not know, as ones that they do. */
final class Widening {
  private Widening() {}

  static ByteBuffer bfloat16(ByteBuffer in) {
    int count = in.remaining() / 2;
    ByteBuffer out = words(count);
    for (int i = 0; i < count; i++) {
      out.putFloat(4 * i, ofBfloat16(in.getShort(2 * i)));
    }
    return out;
  }

  static ByteBuffer float16(ByteBuffer in) {
    int count = in.remaining() / 2;
    ByteBuffer out = words(count);
    for (int i = 0; i < count; i++) {
      out.putFloat(4 * i, ofFloat16(in.getShort(2 * i)));
    }
    return out;
  }

  /** Rounds to the nearest float32. */
  static ByteBuffer float64(ByteBuffer in) {
    int count = in.remaining() / 8;
    ByteBuffer out = words(count);
    for (int i = 0; i < count; i++) {
      out.putFloat(4 * i, (float) in.getDouble(8 * i));
    }
    return out;
  }

  static ByteBuffer int16(ByteBuffer in) {
    int count = in.remaining() / 2;
    ByteBuffer out = words(count);
    for (int i = 0; i < count; i++) {
      out.putInt(4 * i, in.getShort(2 * i));
    }
    return out;
  }

  private static ByteBuffer words(int count) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(count, 4)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The upper half of a float32. */
  static float ofBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** IEEE 754 binary16: 1 sign bit, 5 of exponent, 10 of fraction. */
  static float ofFloat16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0x1f) {
      return Float.intBitsToFloat(sign | 0x7f800000 | (fraction << 13));
    }
    if (exponent == 0) {
      // Subnormal: fraction * 2^-24, which float32 holds exactly as a normal number.
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
  }
}
