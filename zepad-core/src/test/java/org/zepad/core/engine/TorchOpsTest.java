package org.zepad.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.testkit.Golden;

class TorchOpsTest {
  private RunContext context;
  private NDManager manager;

  @BeforeEach
  void open() {
    context = RunContexts.root(7, Device.cpu(), Progress.silent());
    context.reseedEngine(0);
    manager = context.manager();
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void theTestsRunOnTheModulePath() {
    assertThat(TorchOps.class.getModule().isNamed()).isTrue();
  }

  @Test
  void choleskyAndTriangularSolveInvertAMatrix() {
    NDArray a = manager.randomNormal(new Shape(5, 5));
    NDArray m = a.matMul(a.transpose()).add(manager.eye(5));
    NDArray l = context.ops().cholesky(m);
    Golden.assertClose("L L^T", l.matMul(l.transpose()), m, 1e-6);
    NDArray inverse = context.ops().solveLower(l, manager.eye(5));
    Golden.assertClose("L X", l.matMul(inverse), manager.eye(5), 1e-5);
  }

  @Test
  void eigenvaluesOfASymmetricMatrixAscend() {
    NDArray m = manager.create(new float[] {2, 1, 1, 2}, new Shape(2, 2));
    assertThat(context.ops().eigenvalues(m).toFloatArray())
        .containsExactly(new float[] {1, 3}, within(1e-6f));
  }

  @Test
  void reluInPlaceTakesNoArrayAndItsPullbackPassesWhereTheValueIsPositive() {
    NDArray x = manager.create(new float[] {-1, 0, 2});
    assertThat(context.ops().relui(x)).isSameAs(x);
    assertThat(x.toFloatArray()).containsExactly(0, 0, 2);
    NDArray gradient = manager.create(new float[] {5, 6, 7});
    assertThat(context.ops().reluPullback(gradient, x).toFloatArray()).containsExactly(0, 0, 7);
    assertThat(gradient.toFloatArray()).containsExactly(5, 6, 7);
    assertThat(manager.getManagedArrays()).hasSize(3);
  }

  @Test
  void logSumExpDoesNotOverflow() {
    NDArray x = manager.create(new float[] {1000, 1000, -5, 3}, new Shape(2, 2));
    assertThat(context.ops().logSumExp(x, 1).toFloatArray())
        .containsExactly(new float[] {1000.6931f, 3.0003352f}, within(2e-4f));
  }

  @Test
  void highPassRemovesTheMeanWithTheZeroFrequencyMasked() {
    NDArray x = manager.randomUniform(0, 1, new Shape(2, 3, 5, 6));
    NDArray mask = manager.zeros(new Shape(5, 6));
    mask.set(new NDIndex(2, 3), 1);
    NDArray mean = x.mean(new int[] {3}, true).mean(new int[] {2}, true);
    Golden.assertClose("x - mean", context.ops().highPass(x, mask), x.sub(mean), 1e-6);
  }

  @Test
  void resizeHalvesWithAntiAliasing() {
    NDArray x = manager.create(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, new Shape(1, 1, 1, 8));
    // torch.nn.functional.interpolate(x, (1, 4), mode="bilinear", antialias=True)
    assertThat(context.ops().resize(x, 1, 4).toFloatArray())
        .containsExactly(new float[] {0.7142857f, 2.5f, 4.5f, 6.285714f}, within(1e-5f));
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    NDArray x = manager.randomUniform(0.5f, 1, new Shape(1, 2, 4, 4));
    NDArray weight = manager.randomNormal(new Shape(2, 1, 4, 4));
    NDArray mask = manager.zeros(new Shape(4, 4));
    mask.set(new NDIndex(2, 2), 1);
    check(x, v -> context.ops().convTranspose2d(v, weight, null, 2, 1).square().sum());
    check(x, v -> context.ops().highPass(v, mask).pow(3).sum());
    check(x, v -> context.ops().resize(v, 3, 3).square().sum());
    check(x, v -> context.ops().logSumExp(v.reshape(2, 16), 1).sum());
  }

  /** The engine's own operation is wrong for some of these sizes. */
  @ParameterizedTest
  @CsvSource({
    "1,1,1,0",
    "3,2,1,0",
    "4,1,1,0",
    "4,5,1,1",
    "8,3,1,0",
    "12,1,1,0",
    "12,4,1,2",
    "100,1,1,0",
    "3,4,2,1",
    "4,1,2,0",
    "12,8,2,1",
    "16,4,2,1",
    "100,2,2,1",
    "5,3,3,1"
  })
  void transposedConvolutionIsItsDefinition(int channels, int side, int stride, int padding) {
    int batch = 2;
    int outputs = 3;
    int kernel = 4;
    NDArray x = manager.randomNormal(new Shape(batch, channels, side, side));
    NDArray w = manager.randomNormal(new Shape(channels, outputs, kernel, kernel));
    NDArray b = manager.randomNormal(new Shape(outputs));
    int out = (side - 1) * stride - 2 * padding + kernel;
    NDArray expected = manager.zeros(new Shape(batch, outputs, out, out));
    expected.addi(b.reshape(1, outputs, 1, 1));
    // Each pixel adds the kernel, scaled by it, at its place.
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        NDArray pixel = x.get(":,:," + i + "," + j);
        for (int p = 0; p < kernel; p++) {
          for (int q = 0; q < kernel; q++) {
            int row = i * stride - padding + p;
            int column = j * stride - padding + q;
            if (row >= 0 && row < out && column >= 0 && column < out) {
              NDIndex place = new NDIndex(":,:," + row + "," + column);
              NDArray term = pixel.matMul(w.get(":,:," + p + "," + q));
              expected.set(place, expected.get(place).add(term));
            }
          }
        }
      }
    }
    Golden.assertClose(
        "result", context.ops().convTranspose2d(x, w, b, stride, padding), expected, 2e-6);
  }

  @Test
  void gradientLeavesNothingBehind() {
    NDArray x = manager.ones(new Shape(3));
    int before = manager.getManagedArrays().size();
    for (int i = 0; i < 10; i++) {
      var result = context.ops().gradient(x, v -> v.square().sum());
      assertThat(result.gradient().toFloatArray()).containsOnly(2);
      assertThat(result.value().getFloat()).isEqualTo(3);
      result.gradient().close();
      result.value().close();
    }
    assertThat(manager.getManagedArrays()).hasSize(before);
    assertThat(x.hasGradient()).isFalse();
  }

  private void check(NDArray x, UnaryOperator<NDArray> f) {
    var result = context.ops().gradient(x, f);
    float[] gradient = result.gradient().toFloatArray();
    float[] values = x.toFloatArray();
    float h = 1e-2f;
    for (int i = 0; i < values.length; i++) {
      float[] up = values.clone();
      float[] down = values.clone();
      up[i] += h;
      down[i] -= h;
      float difference =
          (f.apply(manager.create(up, x.getShape())).getFloat()
                  - f.apply(manager.create(down, x.getShape())).getFloat())
              / (2 * h);
      assertThat(gradient[i]).isCloseTo(difference, within(2e-2f + 2e-2f * Math.abs(difference)));
    }
  }
}
