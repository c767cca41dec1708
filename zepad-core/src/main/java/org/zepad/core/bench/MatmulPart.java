package org.zepad.core.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The product of two large float32 matrices in each engine: the best that arithmetic gives here,
 * whatever the maker says.
 */
record MatmulPart(Stopwatch watch, BenchModel model) {
  /** A matrix of so many rows takes 16 MiB: too much for the caches that are near a core. */
  private static final int SIDE = 2048;

  private static final double OPERATIONS = 2.0 * SIDE * SIDE * SIDE;

  /** GFLOP/s, by the engine's name. */
  Map<String, Spread> measure() {
    float[] numbers = new float[SIDE * SIDE];
    SplittableRandom random = new SplittableRandom(model.context().seed());
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    Map<String, Spread> engines = new LinkedHashMap<>();
    engines.put("pytorch", trainingEngine(numbers));
    engines.put("onnxruntime", onnxRuntime(numbers));
    return engines;
  }

  private Spread trainingEngine(float[] numbers) {
    try (NDManager scope = model.context().manager().newSubManager()) {
      NDArray matrix = scope.create(numbers, new Shape(SIDE, SIDE));
      return gigaflops(
          "pytorch",
          () -> {
            try (NDArray product = matrix.matMul(matrix)) {
              // Reading a value waits for the computation.
              product.getFloat(0, 0);
            }
          });
    }
  }

  private Spread onnxRuntime(float[] numbers) {
    try (OnnxMatmul matmul = OnnxMatmul.of(numbers, SIDE, model.config().threads())) {
      return gigaflops("onnxruntime", matmul::run);
    }
  }

  private Spread gigaflops(String engine, Runnable product) {
    double[] seconds =
        watch.seconds(BenchPart.MATMUL + " in " + engine, model.config().repeats(), product);
    return Spread.of(seconds).inverse(time -> OPERATIONS / time / 1e9);
  }
}
