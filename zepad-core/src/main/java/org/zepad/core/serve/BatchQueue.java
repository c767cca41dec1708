package org.zepad.core.serve;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gathers items that come one by one into batches. A batch is computed when it is full, or when the
 * item that waits longest has waited long enough; while one is computed the next one gathers. A
 * batch that fails fails its own items alone. Thread-safe; batches are computed by one thread.
 *
 * @param <I> an item
 * @param <O> its result
 */
final class BatchQueue<I, O> implements AutoCloseable {

  /** Computes batches. */
  interface Work<I, O> {
    /**
     * Computes a batch.
     *
     * @return for each item, in order
     */
    List<O> run(List<I> items);
  }

  /** Hears of what happens. */
  interface Listener {
    /** An item leaves the queue. */
    void waited(double seconds);

    /** A batch was computed, or failed. */
    void ran(int items, double seconds);
  }

  private static final double NANOS = 1e9;

  private final int maxBatch;
  private final long maxDelay;
  private final int capacity;
  private final Work<I, O> work;
  private final Listener listener;
  private final Deque<Entry<I, O>> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private boolean closed;

  private record Entry<I, O>(I item, long since, CompletableFuture<O> result) {}

  /**
   * A queue whose thread runs until it is closed.
   *
   * @param maxBatch most items of a batch
   * @param maxDelay how long an item waits for others
   * @param capacity most items that wait
   */
  BatchQueue(int maxBatch, Duration maxDelay, int capacity, Work<I, O> work, Listener listener) {
    this.maxBatch = maxBatch;
    this.maxDelay = maxDelay.toNanos();
    this.capacity = capacity;
    this.work = work;
    this.listener = listener;
    thread = new Thread(this::loop, "zepad-batches");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Adds items, all or none.
   *
   * @return the results in the order of the items; empty if there is no room
   * @throws IllegalStateException if the queue is closed
   */
  Optional<List<CompletableFuture<O>>> offer(List<I> items) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the queue is closed");
      }
      if (waiting.size() + (long) items.size() > capacity) {
        return Optional.empty();
      }
      long now = System.nanoTime();
      List<CompletableFuture<O>> results = new ArrayList<>();
      for (I item : items) {
        Entry<I, O> entry = new Entry<>(item, now, new CompletableFuture<>());
        waiting.add(entry);
        results.add(entry.result());
      }
      changed.signalAll();
      return Optional.of(results);
    } finally {
      lock.unlock();
    }
  }

  /** How many items wait. */
  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  int capacity() {
    return capacity;
  }

  /** Takes nothing more, computes what waits, and returns when that is done. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (true) {
      List<Entry<I, O>> batch;
      try {
        batch = next();
      } catch (InterruptedException e) {
        // Nobody has a reason to; what waits is served all the same.
        continue;
      }
      if (batch.isEmpty()) {
        return;
      }
      run(batch);
    }
  }

  /** The next batch; empty at the end. */
  private List<Entry<I, O>> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        waiting.removeIf(entry -> entry.result().isCancelled());
        Entry<I, O> first = waiting.peek();
        if (first == null) {
          if (closed) {
            return List.of();
          }
          changed.await();
          continue;
        }
        long left = first.since() + maxDelay - System.nanoTime();
        if (closed || left <= 0 || waiting.size() >= maxBatch) {
          return take();
        }
        changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Entry<I, O>> take() {
    List<Entry<I, O>> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < maxBatch) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  // Whatever happens, the loop must go on, or every later request would hang.
  private void run(List<Entry<I, O>> batch) {
    long start = System.nanoTime();
    try {
      batch.forEach(entry -> listener.waited((start - entry.since()) / NANOS));
      List<O> results = work.run(batch.stream().map(Entry::item).toList());
      if (results.size() != batch.size()) {
        throw new IllegalStateException(results.size() + " results for " + batch.size() + " items");
      }
      listener.ran(batch.size(), (System.nanoTime() - start) / NANOS);
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result().complete(results.get(i));
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(entry -> entry.result().completeExceptionally(cause(e)));
    }
  }

  // A future that ends with this one would look as if its waiter had cancelled it.
  private static Throwable cause(Throwable e) {
    return e instanceof CancellationException
        ? new IllegalStateException("the work was cancelled", e)
        : e;
  }
}
