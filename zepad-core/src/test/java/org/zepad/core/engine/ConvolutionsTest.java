package org.zepad.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.TensorOps;
import org.zepad.testkit.Golden;

class ConvolutionsTest {

  @ParameterizedTest
  @CsvSource({
    "3,4,3,1",
    "3,4,3,2",
    "4,8,3,1",
    "8,10,3,1",
    "64,1,3,1",
    "16,16,3,1",
    "16,20,1,1",
    "3,8,7,2",
    "4,4,5,1"
  })
  void gradientsAreFiniteWhateverLayInMemory(int inputs, int outputs, int kernel, int stride) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager manager = context.manager();
      context.reseedEngine(0);
      NDArray x = manager.randomNormal(new Shape(6, inputs, 16, 16));
      NDArray w = manager.randomNormal(new Shape(outputs, inputs, kernel, kernel));
      NDArray b = manager.randomNormal(new Shape(outputs));
      int padding = kernel / 2;
      // In double precision, where the engine has no fast kernels that could be wrong.
      NDArray expected =
          Conv2d.conv2d(
                  x.toType(DataType.FLOAT64, true),
                  w.toType(DataType.FLOAT64, true),
                  b.toType(DataType.FLOAT64, true),
                  new Shape(stride, stride),
                  new Shape(padding, padding))
              .singletonOrThrow();
      Golden.assertClose("result", context.ops().conv2d(x, w, b, stride, padding), expected, 1e-6);
      for (int i = 0; i < 8; i++) {
        NDArray byInput =
            context
                .ops()
                .gradient(
                    x,
                    v -> {
                      NDArray y = context.ops().conv2d(v, w, b, stride, padding);
                      leaveNans(manager);
                      return y.sum();
                    })
                .gradient();
        assertThat(Float.isFinite(byInput.sum().getFloat())).as("gradient by the input").isTrue();
        // A sum's gradient sends every weight to each inner pixel, once.
        if (stride == 1) {
          NDArray weights = w.sum(new int[] {0, 2, 3});
          Golden.assertClose("inner pixel", byInput.get("0,:,8,8"), weights, 1e-5);
        }
        NDArray byWeight =
            context
                .ops()
                .gradient(w, v -> context.ops().conv2d(x, v, b, stride, padding).sum())
                .gradient();
        assertThat(Float.isFinite(byWeight.sum().getFloat())).as("gradient by the weight").isTrue();
      }
    }
  }

  /** In double precision there is the product form alone. */
  @ParameterizedTest
  @CsvSource({"32,16,4,4,2", "16,3,4,4,2", "256,128,4,8,2", "512,256,4,4,2", "100,32,4,1,1"})
  void transposedOnesHaveTheGradientsOfTheirProductForm(
      int inputs, int outputs, int kernel, int side, int stride) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager manager = context.manager();
      context.reseedEngine(0);
      TensorOps ops = context.ops();
      NDArray x = manager.randomNormal(new Shape(6, inputs, side, side));
      NDArray w = manager.randomNormal(new Shape(inputs, outputs, kernel, kernel));
      NDArray b = manager.randomNormal(new Shape(outputs));
      NDArray exactX = x.toType(DataType.FLOAT64, true);
      NDArray exactW = w.toType(DataType.FLOAT64, true);
      NDArray exactB = b.toType(DataType.FLOAT64, true);
      int padding = stride - 1;
      Golden.assertClose(
          "value",
          ops.convTranspose2d(x, w, b, stride, padding),
          ops.convTranspose2d(exactX, exactW, exactB, stride, padding),
          2e-6);
      Golden.assertClose(
          "by x",
          ops.gradient(x, v -> ops.convTranspose2d(v, w, b, stride, padding).square().sum())
              .gradient(),
          ops.gradient(
                  exactX,
                  v -> ops.convTranspose2d(v, exactW, exactB, stride, padding).square().sum())
              .gradient(),
          2e-6);
      w.setRequiresGradient(true);
      b.setRequiresGradient(true);
      exactW.setRequiresGradient(true);
      exactB.setRequiresGradient(true);
      ops.backward(() -> ops.convTranspose2d(x, w, b, stride, padding).square().sum());
      ops.backward(
          () -> ops.convTranspose2d(exactX, exactW, exactB, stride, padding).square().sum());
      Golden.assertClose("by w", w.getGradient(), exactW.getGradient(), 2e-6);
      Golden.assertClose("by b", b.getGradient(), exactB.getGradient(), 2e-6);
    }
  }

  /** Frees memory of many sizes that is full of NaN, for the next allocations to find. */
  private static void leaveNans(NDManager manager) {
    for (int round = 0; round < 40; round++) {
      NDList blocks = new NDList();
      for (int size = 6; size < 18; size++) {
        blocks.add(manager.full(new Shape(1L << size), Float.NaN));
      }
      blocks.close();
    }
  }
}
