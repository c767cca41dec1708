package org.zepad.core.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.dataset.Images;

/**
 * Images of a data set as tensors. They are resized once and kept in memory as bytes as far as they
 * fit; while the consumer works on a batch, background threads, one for each processor, make the
 * next. Memory: what is kept, two batches of bytes outside of the heap, and one decoded image for
 * each thread.
 *
 * <p>The indices of a batch count the images of this object, from 0 to {@link #size()} - 1,
 * whatever part of the data set it was made of. {@link #forEach} belongs to the thread of the
 * parent manager, and may be nested. What a plugin throws while it decodes is thrown to the caller.
 */
public final class TensorBatches implements ImageBatches {
  // Small enough to share a batch among the threads, large enough to make the hand-over cheap.
  private static final int CHUNK = 8;

  private final Images images;
  private final Supplier<String> fingerprint;
  private final int classes;
  private final int imageSize;
  private final NDManager parent;

  /**
   * Batches of the given images, non-square ones stretched, with the default bound of memory.
   *
   * @param indices which images of the set, in this order
   * @param classes the number of classes
   * @param imageSize side of the tensors in pixels
   * @param parent each batch lives in a sub-manager of it
   */
  public TensorBatches(Images images, int[] indices, int classes, int imageSize, NDManager parent) {
    this(images, indices, classes, imageSize, parent, Fit.STRETCH, CachedImages.defaultBound());
  }

  /** As above, with a choice for non-square images and of the bytes of memory for the cache. */
  public TensorBatches(
      Images images,
      int[] indices,
      int classes,
      int imageSize,
      NDManager parent,
      Fit fit,
      long cacheBytes) {
    this(
        new ResizedImages(images, imageSize, fit),
        indices,
        classes,
        imageSize,
        parent,
        cacheBytes,
        () -> Fingerprint.of(images, indices));
  }

  /**
   * Batches of images that have their size already.
   *
   * @param images square ones of that size
   * @param fingerprint tells what identifies the images as they were before
   */
  public static TensorBatches ofResized(
      Images images,
      int[] indices,
      int classes,
      int imageSize,
      NDManager parent,
      Supplier<String> fingerprint) {
    long bound = CachedImages.defaultBound();
    return new TensorBatches(images, indices, classes, imageSize, parent, bound, fingerprint);
  }

  private TensorBatches(
      Images resized,
      int[] indices,
      int classes,
      int imageSize,
      NDManager parent,
      long cacheBytes,
      Supplier<String> fingerprint) {
    this.images = new CachedImages(new SubsetImages(resized, indices), cacheBytes);
    this.fingerprint = fingerprint;
    this.classes = classes;
    this.imageSize = imageSize;
    this.parent = parent;
  }

  @Override
  public Optional<String> fingerprint() {
    return Optional.of(fingerprint.get());
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int imageSize() {
    return imageSize;
  }

  /** The label of an image, without decoding it. */
  public int label(int index) {
    return images.label(index);
  }

  @Override
  public void forEach(int batchSize, OptionalLong shuffleSeed, Consumer<Batch> consumer) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch has at least 1 image, got " + batchSize);
    }
    int[] order = Split.all(images);
    shuffleSeed.ifPresent(seed -> Seeds.shuffle(order, Seeds.random(seed)));
    if (order.length == 0) {
      return;
    }
    int bytes = Math.multiplyExact(Math.min(batchSize, order.length), 3 * imageSize * imageSize);
    ByteBuffer[] buffers = new ByteBuffer[Math.min(2, (order.length - 1) / batchSize + 1)];
    Arrays.setAll(buffers, i -> parent.allocateDirect(bytes));
    try (Workers workers = new Workers("zepad-batches", InOrder.threads())) {
      List<Future<?>> next = fill(workers, buffers[0], part(order, 0, batchSize));
      for (int n = 0; n * (long) batchSize < order.length; n++) {
        next.forEach(Workers::await);
        ByteBuffer pixels = buffers[n % 2].duplicate().order(buffers[n % 2].order());
        if ((n + 1) * (long) batchSize < order.length) {
          next = fill(workers, buffers[(n + 1) % 2], part(order, n + 1, batchSize));
        }
        int[] indices = part(order, n, batchSize);
        deliver(pixels.limit(indices.length * 3 * imageSize * imageSize), indices, consumer);
      }
    }
  }

  private static int[] part(int[] order, int n, int batchSize) {
    int from = n * batchSize;
    return Arrays.copyOfRange(order, from, from + Math.min(batchSize, order.length - from));
  }

  private List<Future<?>> fill(Workers workers, ByteBuffer buffer, int[] indices) {
    int bytes = 3 * imageSize * imageSize;
    List<Future<?>> chunks = new ArrayList<>();
    for (int chunk = 0; chunk < indices.length; chunk += CHUNK) {
      int first = chunk;
      int last = Math.min(indices.length, chunk + CHUNK);
      chunks.add(
          workers.submit(
              () -> {
                for (int i = first; i < last && workers.wanted(); i++) {
                  buffer.put(i * bytes, images.image(indices[i]).planes());
                }
                return buffer;
              }));
    }
    return chunks;
  }

  private void deliver(ByteBuffer pixels, int[] indices, Consumer<Batch> consumer) {
    long[] labels = new long[indices.length];
    Arrays.setAll(labels, i -> images.label(indices[i]));
    Shape shape = new Shape(indices.length, 3, imageSize, imageSize);
    try (NDManager scope = parent.newSubManager()) {
      NDArray floats;
      // A tensor on the CPU may share the buffer's memory; the conversion makes one of its own.
      try (NDArray bytes = scope.create(pixels, shape, DataType.UINT8)) {
        floats = bytes.toType(DataType.FLOAT32, true);
      }
      floats.divi(255);
      consumer.accept(new Batch(floats, scope.create(labels), indices));
    }
  }
}
