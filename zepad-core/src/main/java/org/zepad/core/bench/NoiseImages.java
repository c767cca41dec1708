package org.zepad.core.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.data.TensorBatches;

/**
 * Square images of random pixels: how long work takes does not depend on what is to be seen.
 *
 * @param seed of the pixels
 * @param side in pixels
 */
record NoiseImages(long seed, int size, int classes, int side) implements Images {
  private static final int COLOURS = 3;

  @Override
  public int label(int index) {
    return index % classes;
  }

  @Override
  public RgbImage image(int index) {
    byte[] planes = new byte[COLOURS * side * side];
    new SplittableRandom(seed + index).nextBytes(planes);
    return new RgbImage(side, side, planes);
  }

  /** All of them as tensors, in batches that live in sub-managers of the parent. */
  ImageBatches batches(NDManager parent) {
    return new TensorBatches(this, IntStream.range(0, size).toArray(), classes, side, parent);
  }

  /** The labels of all of them. */
  long[] labels() {
    return IntStream.range(0, size).mapToLong(this::label).toArray();
  }

  /** The pixels of all of them, planes of one behind those of the other. */
  byte[] pixels() {
    ByteBuffer pixels = ByteBuffer.allocate(Math.multiplyExact(size, COLOURS * side * side));
    for (int i = 0; i < size; i++) {
      pixels.put(image(i).planes());
    }
    return pixels.array();
  }

  /**
   * Pixels as a tensor.
   *
   * @param pixels of {@code count} images, as {@link #pixels} gives them
   * @return (N, 3, S, S) float32 in [0, 1], owned by the scope
   */
  static NDArray tensor(NDManager scope, byte[] pixels, int count, int side) {
    Shape shape = new Shape(count, COLOURS, side, side);
    return scope
        .create(ByteBuffer.wrap(pixels), shape, DataType.UINT8)
        .toType(DataType.FLOAT32, true)
        .divi(255);
  }
}
