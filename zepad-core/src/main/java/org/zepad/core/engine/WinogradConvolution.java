package org.zepad.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;
import org.zepad.api.tensor.FixedConvolution;

/**
 * A 3 x 3 convolution of stride 1 in tiles of 4 x 4 results, with a quarter of the multiplications:
 * tiles are transformed by one matrix product, 36 products over the channels follow, and one more
 * transforms back (see {@link Winograd}). The gradient by what was convolved is the convolution
 * with the kernel turned round and the channels exchanged, and needs the same transformed kernel.
 */
final class WinogradConvolution implements FixedConvolution {
  /** Fewer channels than this do not pay for the transforms. */
  private static final int LEAST_CHANNELS = 128;

  /** Tiles that stand over the edge may cost this share of the work more. */
  private static final double MOST_OVERHANG = 1.5;

  /** Images are taken together up to this size of transformed tiles, which then stay in caches. */
  private static final int MOST_BYTES = 5 << 20;

  private final TorchModule module;
  private final NDArray weight;
  private final @Nullable NDArray plane;
  private final FixedConvolution direct;
  private final NDManager scope;

  private @Nullable Transforms transforms;

  /**
   * Prepares.
   *
   * @param weight (K, C, 3, 3), of the scope
   * @param bias (K) or none, of the scope
   * @param direct the same convolution, for images that do not suit
   * @param scope owns what is prepared
   */
  WinogradConvolution(
      TorchModule module,
      NDArray weight,
      @Nullable NDArray bias,
      FixedConvolution direct,
      NDManager scope) {
    this.module = module;
    this.weight = weight;
    this.direct = direct;
    this.scope = scope;
    plane = bias == null ? null : bias.reshape(1, bias.size(), 1, 1);
  }

  /** Whether there are images for which it is faster. */
  static boolean suits(NDArray weight, int stride, int padding) {
    Shape shape = weight.getShape();
    return shape.get(2) == Winograd.KERNEL
        && shape.get(3) == Winograd.KERNEL
        && stride == 1
        && padding == 1
        && Math.min(shape.get(0), shape.get(1)) >= LEAST_CHANNELS
        && weight.getDataType() == DataType.FLOAT32
        && !weight.getDevice().isGpu();
  }

  private static boolean suits(Shape images) {
    double covered = (double) wholeTiles(images.get(2)) * wholeTiles(images.get(3));
    return covered <= MOST_OVERHANG * images.get(2) * images.get(3);
  }

  private static long wholeTiles(long size) {
    return (size + Winograd.STEP - 1) / Winograd.STEP * Winograd.STEP;
  }

  @Override
  public NDArray apply(NDArray x) {
    if (!suits(x.getShape())) {
      return direct.apply(x);
    }
    Transforms by = transforms();
    try (NDArray exchanged = by.kernel().transpose(0, 2, 1)) {
      NDArray y = inParts(x, exchanged, by.tiles(), by.products());
      return plane == null ? y : y.addi(plane);
    }
  }

  @Override
  public NDArray pullback(NDArray gradient, Shape input) {
    if (!suits(input)) {
      return direct.pullback(gradient, input);
    }
    Transforms by = transforms();
    return inParts(gradient, by.kernel(), by.tilesReversed(), by.productsReversed());
  }

  private NDArray inParts(NDArray x, NDArray kernel, NDArray tiles, NDArray products) {
    int parts = (int) Math.min(x.getShape().get(0), 1 + bytes(x, kernel) / MOST_BYTES);
    return module.withInts("winograd", new NDList(x, kernel, tiles, products), parts);
  }

  /** What the transformed tiles of all images take, before or after the channels are mixed. */
  private static long bytes(NDArray x, NDArray kernel) {
    Shape shape = x.getShape();
    long tiles =
        shape.get(0)
            * wholeTiles(shape.get(2))
            * wholeTiles(shape.get(3))
            / (Winograd.STEP * Winograd.STEP);
    long channels = Math.max(kernel.getShape().get(1), kernel.getShape().get(2));
    return tiles * channels * Winograd.TILE * Winograd.TILE * Float.BYTES;
  }

  /** Made when first needed: not every size of images suits. */
  private Transforms transforms() {
    if (transforms == null) {
      transforms = Transforms.of(weight, scope);
    }
    return transforms;
  }

  /**
   * What is prepared, owned by the scope.
   *
   * @param kernel (36, K, C)
   */
  private record Transforms(
      NDArray kernel,
      NDArray tiles,
      NDArray products,
      NDArray tilesReversed,
      NDArray productsReversed) {

    static Transforms of(NDArray weight, NDManager scope) {
      NDArray tiles = scope.create(Winograd.ofTiles());
      NDArray products = scope.create(Winograd.ofProducts());
      return new Transforms(
          kernel(weight, scope), tiles, products, tiles.flip(0), products.flip(1));
    }

    private static NDArray kernel(NDArray weight, NDManager scope) {
      long outputs = weight.getShape().get(0);
      long inputs = weight.getShape().get(1);
      try (NDArray taps = weight.reshape(outputs * inputs, -1);
          NDArray transposed = taps.transpose();
          NDArray by = scope.create(Winograd.ofKernels());
          NDArray kernel = by.dot(transposed)) {
        return kernel.reshape(-1, outputs, inputs);
      }
    }
  }
}
