package org.zepad.core.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatchQueueTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
  private final List<Double> waits = new CopyOnWriteArrayList<>();

  private BatchQueue<Integer, Integer> queue(
      int maxBatch, Duration delay, int capacity, BatchQueue.Work<Integer, Integer> work) {
    return new BatchQueue<>(
        maxBatch,
        delay,
        capacity,
        items -> {
          batches.add(items);
          return work.run(items);
        },
        new BatchQueue.Listener() {
          @Override
          public void waited(double seconds) {
            waits.add(seconds);
          }

          @Override
          public void ran(int items, double seconds) {}
        });
  }

  private static List<Integer> squares(List<Integer> items) {
    return items.stream().map(i -> i * i).toList();
  }

  private static List<CompletableFuture<Integer>> offer(
      BatchQueue<Integer, Integer> queue, Integer... items) {
    return queue.offer(List.of(items)).orElseThrow();
  }

  private static List<Integer> results(List<CompletableFuture<Integer>> futures) throws Exception {
    List<Integer> values = new ArrayList<>();
    for (CompletableFuture<Integer> future : futures) {
      values.add(future.get(20, TimeUnit.SECONDS));
    }
    return values;
  }

  @Test
  void aFullBatchIsComputedAtOnceAndResultsKeepTheirOrder() throws Exception {
    try (var queue = queue(3, LONG, 10, BatchQueueTest::squares)) {
      var first = offer(queue, 1);
      var others = offer(queue, 2, 3);
      assertThat(results(others)).containsExactly(4, 9);
      assertThat(results(first)).containsExactly(1);
      assertThat(batches).containsExactly(List.of(1, 2, 3));
      assertThat(waits).hasSize(3).allMatch(w -> w < 5);
    }
  }

  @Test
  void aLoneItemWaitsNoLongerThanTheBound() throws Exception {
    Duration delay = Duration.ofMillis(50);
    try (var queue = queue(100, delay, 100, BatchQueueTest::squares)) {
      assertThat(results(offer(queue, 7))).containsExactly(49);
      assertThat(waits.get(0)).isBetween(0.045, 2.0);
    }
  }

  @Test
  void whileABatchIsComputedTheNextOneGathers() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (var queue =
        queue(
            8,
            Duration.ZERO,
            100,
            items -> {
              started.countDown();
              wait(go);
              return squares(items);
            })) {
      var first = offer(queue, 0);
      wait(started);
      List<CompletableFuture<Integer>> others = new ArrayList<>();
      for (int i = 1; i <= 10; i++) {
        others.addAll(offer(queue, i));
      }
      go.countDown();
      assertThat(results(others)).containsExactly(1, 4, 9, 16, 25, 36, 49, 64, 81, 100);
      assertThat(results(first)).containsExactly(0);
      assertThat(batches.stream().map(List::size)).containsExactly(1, 8, 2);
    }
  }

  @Test
  void moreThanTheCapacityIsRefusedWhole() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (var queue =
        queue(
            1,
            Duration.ZERO,
            3,
            items -> {
              started.countDown();
              wait(go);
              return squares(items);
            })) {
      var running = offer(queue, 1);
      wait(started);
      var waiting = offer(queue, 2, 3);
      assertThat(queue.size()).isEqualTo(2);
      assertThat(queue.offer(List.of(4, 5))).isEmpty();
      assertThat(queue.size()).isEqualTo(2);
      go.countDown();
      assertThat(results(running)).containsExactly(1);
      assertThat(results(waiting)).containsExactly(4, 9);
    }
  }

  @Test
  void aFailingBatchFailsItsOwnItemsAlone() throws Exception {
    try (var queue =
        queue(
            1,
            Duration.ZERO,
            10,
            items -> {
              if (items.contains(2)) {
                throw new StackOverflowError("two");
              }
              return items.contains(3) ? List.of() : squares(items);
            })) {
      var all = offer(queue, 1, 2, 3, 4);
      assertThat(all.get(0).get(20, TimeUnit.SECONDS)).isEqualTo(1);
      assertThatThrownBy(() -> all.get(1).get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("two");
      assertThatThrownBy(() -> all.get(2).get(20, TimeUnit.SECONDS))
          .hasRootCauseMessage("0 results for 1 items");
      assertThat(all.get(3).get(20, TimeUnit.SECONDS)).isEqualTo(16);
    }
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsNotComputed() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (var queue =
        queue(
            1,
            Duration.ZERO,
            10,
            items -> {
              started.countDown();
              wait(go);
              return squares(items);
            })) {
      var all = offer(queue, 1, 2, 3);
      wait(started);
      all.get(1).cancel(false);
      go.countDown();
      assertThat(all.get(2).get(20, TimeUnit.SECONDS)).isEqualTo(9);
      assertThat(batches).containsExactly(List.of(1), List.of(3));
    }
  }

  @Test
  void closingComputesWhatWaitsAndRefusesTheRest() throws Exception {
    var queue = queue(2, LONG, 10, BatchQueueTest::squares);
    var waiting = offer(queue, 5);
    queue.close();
    assertThat(waiting.get(0)).isCompletedWithValue(25);
    assertThatThrownBy(() -> offer(queue, 6)).isInstanceOf(IllegalStateException.class);
    queue.close();
  }

  private static void wait(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
