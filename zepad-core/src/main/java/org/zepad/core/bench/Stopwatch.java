package org.zepad.core.bench;

import org.zepad.api.Progress;

/**
 * Times work that is repeated.
 *
 * @param progress told of each repetition
 */
record Stopwatch(Progress progress) {
  /** The first call of anything loads and allocates, the second still settles. */
  static final int WARM_UP = 2;

  /**
   * Does work a number of times, after it was warmed up.
   *
   * @param label what it is, for a person
   * @param repeats at least 1
   * @param work over when its results are there
   * @return the seconds that each repetition took
   */
  double[] seconds(String label, int repeats, Runnable work) {
    return seconds(label, WARM_UP, repeats, work);
  }

  /** As above, with a warm-up of the caller's choice. */
  double[] seconds(String label, int warmUp, int repeats, Runnable work) {
    progress.start(label, (long) warmUp + repeats);
    for (int i = 0; i < warmUp; i++) {
      work.run();
      progress.update(i + 1L, "");
    }
    double[] seconds = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      long started = System.nanoTime();
      work.run();
      seconds[i] = (System.nanoTime() - started) / 1e9;
      progress.update((long) warmUp + i + 1, "");
    }
    return seconds;
  }
}
