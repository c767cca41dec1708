package org.zepad.core.data;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A few daemon threads that prepare data. Closing lets the jobs that run come to their end and
 * drops the others; it never interrupts them, because an interrupt closes the file channels that
 * they read from.
 */
final class Workers implements AutoCloseable {
  private final ExecutorService executor;
  private volatile boolean closed;

  Workers(String name, int threads) {
    executor =
        Executors.newFixedThreadPool(
            threads,
            job -> {
              Thread thread = new Thread(job, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  <T> Future<T> submit(Callable<T> job) {
    return executor.submit(job);
  }

  /** Whether what is being prepared is still wanted; jobs ask between two images. */
  boolean wanted() {
    return !closed;
  }

  /** Waits for a result; a failure of the job is thrown as it was. */
  static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("preparing a batch failed", cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted between batches");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  @Override
  public void close() {
    closed = true;
    executor.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
