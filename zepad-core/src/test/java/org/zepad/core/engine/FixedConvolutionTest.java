package org.zepad.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.FixedConvolution;
import org.zepad.api.tensor.TensorOps;

/** Convolutions that are prepared, in all their forms, beside the engine's in double precision. */
class FixedConvolutionTest {
  /** Shares of the largest entry. */
  private static final double DIRECT = 2e-6;

  private static final double WINOGRAD = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "3,16,3,1,9,9",
    "3,32,7,2,9,12",
    "4,8,3,2,8,8",
    "8,10,3,1,9,5",
    "12,20,1,2,8,7",
    "16,48,3,2,9,9",
    "16,48,3,2,8,8",
    "64,32,1,1,5,5",
    "128,128,3,1,2,2",
    "256,48,3,1,5,5",
    "256,512,3,2,8,8",
    "512,256,1,2,7,7"
  })
  void directly(int inputs, int outputs, int kernel, int stride, int height, int width) {
    assertThat(worst(inputs, outputs, kernel, stride, 5, height, width)).isLessThan(DIRECT);
  }

  @ParameterizedTest
  @CsvSource({
    "128,128,5,4,4",
    "128,144,5,8,8",
    "256,128,3,7,7",
    "128,128,2,13,27",
    "512,512,3,4,4",
    "128,128,23,32,32"
  })
  void byTransforms(int inputs, int outputs, int images, int height, int width) {
    // Otherwise one would compare the direct form with itself.
    assertThat(worst(inputs, outputs, 3, 1, images, height, width)).isBetween(4e-8, WINOGRAD);
  }

  /**
   * The largest error of values and gradients, in both layouts, as a share of the largest entry.
   */
  private static double worst(
      int inputs, int outputs, int kernel, int stride, int images, int height, int width) {
    int padding = kernel / 2;
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager manager = context.manager();
      TensorOps ops = context.ops();
      context.reseedEngine(0);
      NDArray x = manager.randomNormal(new Shape(images, inputs, height, width));
      NDArray w = manager.randomNormal(new Shape(outputs, inputs, kernel, kernel));
      NDArray b = manager.randomNormal(new Shape(outputs));
      NDArray exact = x.toType(DataType.FLOAT64, true);
      NDArray exactWeight = w.toType(DataType.FLOAT64, true);
      NDArray exactBias = b.toType(DataType.FLOAT64, true);
      NDArray value = convolved(exact, exactWeight, exactBias, stride, padding);
      NDArray gradient = manager.randomNormal(value.getShape());
      NDArray exactGradient = gradient.toType(DataType.FLOAT64, true);
      NDArray pulled =
          ops.gradient(
                  exact,
                  v ->
                      convolved(v, exactWeight, exactBias, stride, padding)
                          .mul(exactGradient)
                          .sum())
              .gradient();
      FixedConvolution with = ops.convolution(w, b, stride, padding, manager);
      FixedConvolution without = ops.convolution(w, null, stride, padding, manager);
      NDArray plane = exactBias.reshape(1, outputs, 1, 1);
      double worst = 0;
      for (boolean last : new boolean[] {false, true}) {
        NDArray own = last ? lastly(x) : x;
        NDArray ownGradient = last ? lastly(gradient) : gradient;
        worst = Math.max(worst, error(with.apply(own), value));
        worst = Math.max(worst, error(without.apply(own), value.sub(plane)));
        worst = Math.max(worst, error(with.pullback(ownGradient, x.getShape()), pulled));
      }
      return worst;
    }
  }

  private static NDArray convolved(NDArray x, NDArray w, NDArray b, int stride, int padding) {
    return Conv2d.conv2d(x, w, b, new Shape(stride, stride), new Shape(padding, padding))
        .singletonOrThrow();
  }

  /** The same array, laid out in memory as (N, H, W, C). */
  private static NDArray lastly(NDArray x) {
    Shape shape = x.getShape();
    return x.transpose(0, 2, 3, 1)
        .reshape(-1)
        .reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
        .transpose(0, 3, 1, 2);
  }

  private static double error(NDArray actual, NDArray expected) {
    assertThat(actual.getShape()).isEqualTo(expected.getShape());
    return actual.toType(DataType.FLOAT64, true).sub(expected).abs().max().getDouble()
        / expected.abs().max().getDouble();
  }
}
