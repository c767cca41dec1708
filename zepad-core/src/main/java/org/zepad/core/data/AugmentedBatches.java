package org.zepad.core.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;
import org.zepad.api.ssl.ViewSpec;

/**
 * Augmented views of images for pre-training, batch by batch. A few background threads make the
 * views of the next {@value #AHEAD} batches while the consumer trains.
 *
 * <p>The order of an epoch depends on the seed and the epoch alone, and view v of image i in epoch
 * e on (seed, e, i, v) alone: neither the number of threads nor where an epoch is taken up again
 * changes a pixel. {@link #forEach} belongs to the thread of the parent manager. What a plugin
 * throws while it decodes is thrown to the caller. Memory: decoded images as far as the cache goes,
 * and {@value #AHEAD} + 1 batches of float views outside of the heap.
 */
public final class AugmentedBatches implements AutoCloseable {
  private static final int AHEAD = 2;
  // Small enough to share a batch among the threads, large enough to make the hand-over cheap.
  private static final int CHUNK = 16;

  private final Images images;
  private final List<ViewSpec> specs;
  private final int[] sizes;
  private final int batchSize;
  private final long seed;
  private final NDManager parent;
  private final Workers workers;
  private final ConcurrentLinkedQueue<ViewMaker> makers = new ConcurrentLinkedQueue<>();
  private final Deque<ByteBuffer[]> spare = new ArrayDeque<>();
  private long waitedNanos;
  private long totalNanos;

  /**
   * Views of the given images.
   *
   * @param indices which images of the set
   * @param specs one for each view of an image, at least 1
   * @param imageSize the encoder's input size; a view's side is this times its size factor, rounded
   * @param batchSize images a batch; a last short batch of an epoch is dropped
   * @param threads how many make views, at least 1
   * @param seed the source of every choice
   * @param parent each batch lives in a sub-manager of it
   * @throws ZepadException of kind USAGE if there are fewer images than a batch takes
   */
  public AugmentedBatches(
      Images images,
      int[] indices,
      List<ViewSpec> specs,
      int imageSize,
      int batchSize,
      int threads,
      long seed,
      NDManager parent) {
    if (batchSize < 1 || threads < 1 || specs.isEmpty()) {
      throw new IllegalArgumentException(
          "needs a view, batchSize >= 1 and threads >= 1, got "
              + specs.size()
              + " views, "
              + batchSize
              + " and "
              + threads);
    }
    if (indices.length < batchSize) {
      throw ZepadException.usage(
          "a batch takes "
              + batchSize
              + " images, but there are only "
              + indices.length
              + " to train on; choose a smaller batch");
    }
    this.images = new CachedImages(new SubsetImages(images, indices), CachedImages.defaultBound());
    this.specs = List.copyOf(specs);
    this.sizes = new int[specs.size()];
    Arrays.setAll(
        sizes, v -> Math.max(1, (int) Math.round(imageSize * this.specs.get(v).sizeFactor())));
    this.batchSize = batchSize;
    this.seed = seed;
    this.parent = parent;
    this.workers = new Workers("zepad-views", threads);
  }

  /** How many full batches an epoch has. */
  public int batchesPerEpoch() {
    return images.size() / batchSize;
  }

  /**
   * Calls the consumer with the batches {@code from} (inclusive) to {@code to} (exclusive) of an
   * epoch. The tensors of a batch are freed when the consumer returns.
   *
   * @param epoch 0-based
   * @param from 0 to start the epoch, more to continue it
   * @param to at most {@link #batchesPerEpoch()}
   */
  public void forEach(long epoch, int from, int to, Consumer<ViewBatch> consumer) {
    if (from < 0 || to > batchesPerEpoch()) {
      throw new IndexOutOfBoundsException(
          "batches " + from + " to " + to + " of an epoch of " + batchesPerEpoch());
    }
    int[] order = Split.all(images);
    Seeds.shuffle(order, Seeds.random(seed, epoch));
    Deque<Pending> pending = new ArrayDeque<>();
    long started = System.nanoTime();
    try {
      int next = from;
      for (int n = from; n < to; n++) {
        while (next < to && pending.size() <= AHEAD) {
          pending.add(start(epoch, order, next++));
        }
        Pending batch = pending.remove();
        try {
          long before = System.nanoTime();
          batch.chunks.forEach(Workers::await);
          waitedNanos += System.nanoTime() - before;
          deliver(batch, epoch, n, consumer);
        } finally {
          recycle(batch);
        }
      }
    } finally {
      pending.forEach(this::recycle);
      totalNanos += System.nanoTime() - started;
    }
  }

  /**
   * The share of the time in {@link #forEach} that was spent waiting for views, from 0 to 1: above
   * a few percent, more threads would make training faster.
   */
  public double waitedShare() {
    return totalNanos == 0 ? 0 : (double) waitedNanos / totalNanos;
  }

  /** The nanoseconds that {@link #forEach} has waited for views so far. */
  public long waitedNanos() {
    return waitedNanos;
  }

  /** Ends the threads. Closing twice is harmless. */
  @Override
  public void close() {
    workers.close();
  }

  private Pending start(long epoch, int[] order, int n) {
    int[] indices = Arrays.copyOfRange(order, n * batchSize, (n + 1) * batchSize);
    ByteBuffer[] views = spare.isEmpty() ? allocate() : spare.remove();
    List<Future<?>> chunks = new ArrayList<>();
    for (int chunk = 0; chunk < batchSize; chunk += CHUNK) {
      int first = chunk;
      int last = Math.min(batchSize, chunk + CHUNK);
      chunks.add(
          workers.submit(
              () -> {
                fill(epoch, indices, first, last, views);
                return views;
              }));
    }
    return new Pending(indices, views, chunks);
  }

  private ByteBuffer[] allocate() {
    ByteBuffer[] views = new ByteBuffer[sizes.length];
    Arrays.setAll(
        views,
        v ->
            parent.allocateDirect(
                Math.multiplyExact(batchSize, Float.BYTES * 3 * sizes[v] * sizes[v])));
    return views;
  }

  private void fill(long epoch, int[] indices, int first, int last, ByteBuffer[] views) {
    ViewMaker free = makers.poll();
    ViewMaker maker = free == null ? new ViewMaker() : free;
    for (int v = 0; v < views.length; v++) {
      int size = sizes[v];
      float[] view = new float[3 * size * size];
      for (int i = first; i < last; i++) {
        if (!workers.wanted()) {
          throw new CancellationException("the batches were closed");
        }
        maker.make(
            images.image(indices[i]),
            specs.get(v),
            size,
            Seeds.random(seed, epoch, indices[i], v),
            view,
            0);
        // A view of its own: other threads write to other parts of the buffer.
        views[v].duplicate().order(views[v].order()).asFloatBuffer().put(i * view.length, view);
      }
    }
    makers.add(maker);
  }

  private void deliver(Pending batch, long epoch, int n, Consumer<ViewBatch> consumer) {
    long[] labels = new long[batch.indices.length];
    Arrays.setAll(labels, i -> images.label(batch.indices[i]));
    try (NDManager scope = parent.newSubManager()) {
      List<NDArray> views = new ArrayList<>();
      for (int v = 0; v < sizes.length; v++) {
        Shape shape = new Shape(batchSize, 3, sizes[v], sizes[v]);
        // A tensor on the CPU may share the buffer's memory, which is used again: copy it.
        try (NDArray shared = scope.create(batch.views[v], shape, DataType.FLOAT32)) {
          views.add(shared.duplicate());
        }
      }
      long[] numbers = Arrays.stream(batch.indices).asLongStream().toArray();
      consumer.accept(new ViewBatch(epoch, n, views, scope.create(numbers), scope.create(labels)));
    }
  }

  // Buffers that a given-up chunk may still write to are left to the garbage collector.
  private void recycle(Pending batch) {
    boolean finished = true;
    for (Future<?> chunk : batch.chunks) {
      finished &= chunk.isDone();
      chunk.cancel(false);
    }
    if (finished) {
      spare.add(batch.views);
    }
  }

  private record Pending(int[] indices, ByteBuffer[] views, List<Future<?>> chunks) {}

  /**
   * One batch of views.
   *
   * @param epoch 0-based
   * @param number of the batch in the epoch, 0-based
   * @param views one (N, 3, S, S) float32 in [0, 1] for each spec
   * @param images (N) int64, which of this object's images these are
   * @param labels (N) int64
   */
  public record ViewBatch(
      long epoch, int number, List<NDArray> views, NDArray images, NDArray labels) {
    public ViewBatch {
      views = List.copyOf(views);
    }
  }
}
