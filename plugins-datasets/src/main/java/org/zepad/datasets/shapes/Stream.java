package org.zepad.datasets.shapes;

/**
 * SplitMix64 (Steele, Lea and Flood 2014), written out so that the images stay the same whatever
 * the Java library does.
 */
final class Stream {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private long state;

  /** A stream that depends on every part, in order. */
  Stream(long... parts) {
    for (long part : parts) {
      state = finish(state ^ finish(part + GAMMA)) + GAMMA;
    }
  }

  long bits() {
    state += GAMMA;
    return finish(state);
  }

  /** Uniform in [from, to). */
  float uniform(float from, float to) {
    return from + (to - from) * ((bits() >>> 40) * 0x1p-24f);
  }

  /** Uniform in 0 .. bound - 1, up to a bias of 2^-24 bound. */
  int below(int bound) {
    return (int) (((bits() >>> 40) * bound) >>> 24);
  }

  private static long finish(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
