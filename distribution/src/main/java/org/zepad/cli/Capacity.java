package org.zepad.cli;

import java.lang.management.ManagementFactory;

/**
 * How many processes a machine bears.
 *
 * @param threads threads of each
 * @param memory GiB for all of them; 0: four fifths of what the machine has
 */
record Capacity(int threads, int memory) {
  private static final double GIB = 1L << 30;
  private static final double SHARE = 0.8;

  /** The Java heap of the launcher, and what the engine takes beside it. */
  private static final double EACH = 3;

  /**
   * The number of processes.
   *
   * @param wanted if not 0, this one
   */
  int processes(int wanted) {
    if (wanted > 0) {
      return wanted;
    }
    int byCores = Runtime.getRuntime().availableProcessors() / threads;
    int byMemory = (int) ((memory == 0 ? SHARE * physical() : memory) / EACH);
    return Math.max(1, Math.min(byCores, byMemory));
  }

  private static double physical() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize() / GIB
        : EACH / SHARE;
  }
}
