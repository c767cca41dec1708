package org.zepad.api.dataset;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Images as tensors, batch by batch, with bounded memory. */
public interface ImageBatches {

  /** How many images there are. */
  int size();

  /** The number of classes. */
  int classes();

  /** Side of the images in pixels. */
  int imageSize();

  /**
   * The fingerprint of pixels and labels for provenance, where it can be told; it reads every
   * image.
   */
  default Optional<String> fingerprint() {
    return Optional.empty();
  }

  /**
   * Calls the consumer with each batch in turn. A batch's tensors are freed when the consumer
   * returns.
   *
   * @param batchSize images a batch, at least 1; the last batch may be shorter
   * @param shuffleSeed the order is drawn from it; empty: the fixed order
   */
  void forEach(int batchSize, OptionalLong shuffleSeed, Consumer<Batch> consumer);

  /**
   * One batch.
   *
   * @param images (N, 3, S, S) float32 in [0, 1]
   * @param labels (N) int64
   * @param indices which images of the set these are
   */
  record Batch(NDArray images, NDArray labels, int[] indices) {}
}
