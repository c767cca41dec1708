package org.zepad.core.engine;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Derives seeds, so that every part of the work has a generator of its own. */
public final class Seeds {
  private Seeds() {}

  /** A seed for a named part. */
  public static long derive(long seed, String label) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : label.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return derive(seed, hash);
  }

  /** A seed for a numbered part. */
  public static long derive(long seed, long number) {
    return new SplittableRandom(seed * 0x9e3779b97f4a7c15L + number).nextLong();
  }
}
