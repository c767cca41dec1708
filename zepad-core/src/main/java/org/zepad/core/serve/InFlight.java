package org.zepad.core.serve;

import java.time.Duration;

/** The requests that are being answered. Thread-safe. */
final class InFlight {
  private int count;
  private boolean draining;

  /** One begins. */
  synchronized void enter() {
    count++;
  }

  /** One ends. */
  synchronized void leave() {
    count--;
    notifyAll();
  }

  /** Whether the server ends. */
  synchronized boolean isDraining() {
    return draining;
  }

  /**
   * Begins the end, and waits for what is being answered.
   *
   * @return whether all of it was answered
   */
  synchronized boolean drain(Duration patience) {
    draining = true;
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (count > 0) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          return false;
        }
        wait(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return count == 0;
  }
}
