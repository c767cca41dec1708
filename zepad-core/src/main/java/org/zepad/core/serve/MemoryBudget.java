package org.zepad.core.serve;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory that all requests together may take for one purpose: however many come at once, the heap
 * does not fill. Thread-safe.
 */
final class MemoryBudget {
  private static final int KIB = 1024;

  private final int total;
  private final Semaphore left;

  /**
   * A budget.
   *
   * @param bytes all that there is
   */
  MemoryBudget(long bytes) {
    total = (int) Math.max(1, Math.min(bytes / KIB, Integer.MAX_VALUE));
    left = new Semaphore(total, true);
  }

  /** A part of the memory there may be. */
  static MemoryBudget ofHeap(double share) {
    return new MemoryBudget((long) (share * Runtime.getRuntime().maxMemory()));
  }

  /** What one request takes; nothing at first. To be closed by the thread that opened it. */
  Share open() {
    return new Share();
  }

  /** What one request has taken. */
  final class Share implements AutoCloseable {
    private int taken;

    /**
     * Takes more.
     *
     * @param bytes what is needed
     * @param patience how long others may take to give it back
     * @throws HttpProblem if there is not so much, ever or by then
     */
    void take(long bytes, Duration patience) {
      long wanted = (bytes + KIB - 1) / KIB;
      if (wanted > total) {
        throw HttpProblem.tooLarge("this takes more memory than the server has");
      }
      try {
        if (!left.tryAcquire((int) wanted, patience.toNanos(), TimeUnit.NANOSECONDS)) {
          throw HttpProblem.busy("the server has no memory left for this; try again");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw HttpProblem.unavailable("the server is shutting down");
      }
      taken += (int) wanted;
    }

    @Override
    public void close() {
      left.release(taken);
      taken = 0;
    }
  }
}
