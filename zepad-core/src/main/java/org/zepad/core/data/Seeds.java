package org.zepad.core.data;

import java.util.SplittableRandom;

/** Seeds of parts from the seed of the whole, so that no part depends on what ran before it. */
final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** A generator that depends on the seed and every part, in order, and on nothing else. */
  static SplittableRandom random(long seed, long... parts) {
    long state = finish(seed + GOLDEN_GAMMA);
    for (long part : parts) {
      state = finish(state ^ finish(part + GOLDEN_GAMMA)) + GOLDEN_GAMMA;
    }
    return new SplittableRandom(state);
  }

  /** Shuffles in place (Fisher and Yates). */
  static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }

  // The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
  private static long finish(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
