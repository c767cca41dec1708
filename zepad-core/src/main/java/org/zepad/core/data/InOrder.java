package org.zepad.core.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Works on numbered things on all processors and hands the results over in order, to the calling
 * thread. Only a few results wait at a time, so memory is bounded however many there are.
 */
final class InOrder {
  private InOrder() {}

  /** Gets the results. */
  @FunctionalInterface
  interface Consumer<T> {
    /** The result of one number. */
    void accept(int number, T result);
  }

  /** How many threads work: the processors that there are. */
  static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Does the work for 0 to count - 1. A failure of the work is thrown as it was, in its turn, and
   * ends everything.
   *
   * @param work done by several threads at once
   */
  static <T> void forEach(int count, IntFunction<T> work, Consumer<T> consumer) {
    int threads = Math.min(threads(), Math.max(1, count));
    Deque<Future<T>> pending = new ArrayDeque<>();
    try (Workers workers = new Workers("zepad-decode", threads)) {
      int next = 0;
      for (int number = 0; number < count; number++) {
        // One more than there are threads: none waits while a result is handed over.
        while (next < count && pending.size() <= threads) {
          int mine = next++;
          pending.add(
              workers.submit(
                  () -> {
                    if (!workers.wanted()) {
                      throw new CancellationException("no longer wanted");
                    }
                    return work.apply(mine);
                  }));
        }
        consumer.accept(number, Workers.await(pending.remove()));
      }
    }
  }
}
