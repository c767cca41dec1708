package org.zepad.core.testkit;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages to a file, such as a bad disk, a broken download or an attacker make. */
final class Mutation {
  private static final int[] EXTREMES = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16};

  private Mutation() {}

  /**
   * A copy with one to four changes: a byte set, a bit flipped, an extreme number set, a part cut
   * out, doubled, moved or filled, the end cut off.
   */
  static byte[] of(byte[] sound, SplittableRandom random) {
    byte[] bytes = sound.clone();
    for (int n = random.nextInt(1, 5); n > 0 && bytes.length > 1; n--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(random.nextInt(1, 17), bytes.length - at);
      switch (random.nextInt(8)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = join(bytes, at, at + length);
        case 3 -> bytes = join(bytes, at + length, at);
        case 4 -> Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0xff : 0));
        case 5 ->
            System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length + 1), length);
        case 6 -> extreme(bytes, at, random);
        default -> bytes = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, at) : bytes;
      }
    }
    return bytes;
  }

  /** The bytes up to one place and those from another. */
  private static byte[] join(byte[] bytes, int until, int from) {
    byte[] joined = Arrays.copyOf(bytes, until + bytes.length - from);
    System.arraycopy(bytes, from, joined, until, bytes.length - from);
    return joined;
  }

  /** Sets up to four bytes to a number at which lengths overflow, in either byte order. */
  private static void extreme(byte[] bytes, int at, SplittableRandom random) {
    int number = EXTREMES[random.nextInt(EXTREMES.length)];
    if (random.nextBoolean()) {
      number = Integer.reverseBytes(number);
    }
    for (int i = at; i < Math.min(at + Integer.BYTES, bytes.length); i++) {
      bytes[i] = (byte) (number >> 8 * (i - at));
    }
  }
}
