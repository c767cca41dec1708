package org.zepad.core.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.zepad.api.tensor.Differentiable;

/**
 * A recording of gradients by DJL's collector that functions with a gradient of their own may
 * interrupt. The engine cannot be taught such a function: its value enters the engine's graph as a
 * new leaf, and the tape leads the leaf's gradient over to what the function was applied to.
 */
final class GradientTape implements AutoCloseable {
  /** One in a process, as DJL's collector is. */
  private static final AtomicReference<@Nullable GradientTape> CURRENT = new AtomicReference<>();

  private final GradientCollector collector;
  private final List<Cut> cuts = new ArrayList<>();

  GradientTape() {
    collector = Engine.getEngine("PyTorch").newGradientCollector();
    CURRENT.set(this);
  }

  /** Applies a function; see {@link org.zepad.api.tensor.TensorOps#differentiable}. */
  static NDArray apply(NDArray x, Differentiable function, TorchModule module) {
    if (CURRENT.get() == null || !module.isRecorded(x)) {
      return function.apply(x);
    }
    return apply(
        new NDList(x),
        inputs -> {
          Differentiable.Traced traced = function.trace(inputs.head());
          return new Traced(traced.value(), (input, gradient) -> traced.pullback().apply(gradient));
        },
        module);
  }

  /** Whether no other recording than a tape could miss what is computed of these arrays. */
  static boolean mayTake(NDList inputs, TorchModule module) {
    return CURRENT.get() != null || inputs.stream().noneMatch(module::isRecorded);
  }

  /**
   * Applies a function of several arrays, of which any may be recorded.
   *
   * @param inputs recorded by a tape or by nothing, see {@link #mayTake}
   * @param function is given them without their history; they stay open until the way back was gone
   */
  static NDArray apply(NDList inputs, Function<NDList, Traced> function, TorchModule module) {
    NDManager owner = inputs.head().getManager();
    NDList values = new NDList();
    for (NDArray input : inputs) {
      NDArray value = input.stopGradient();
      value.attach(owner);
      values.add(value);
    }
    Traced traced = function.apply(values);
    List<@Nullable NDArray> recorded = new ArrayList<>();
    for (NDArray input : inputs) {
      // The caller may close what it gives and gets before the way back is gone.
      recorded.add(module.isRecorded(input) ? module.alias(input) : null);
    }
    if (recorded.stream().allMatch(Objects::isNull)) {
      values.close();
      return traced.value();
    }
    GradientTape tape = Objects.requireNonNull(CURRENT.get());
    traced.value().setRequiresGradient(true);
    tape.cuts.add(new Cut(recorded, values, traced));
    return module.alias(traced.value());
  }

  /** Back-propagates a scalar into every array that requires a gradient. */
  void backward(NDArray scalar) {
    boolean more = !cuts.isEmpty();
    try (NDArray one = scalar.getManager().ones(scalar.getShape(), scalar.getDataType())) {
      backward(scalar, one, more);
    }
    // What came later is applied to what came before, never the other way round.
    for (int i = cuts.size() - 1; i >= 0; i--) {
      try (Cut cut = cuts.get(i)) {
        cut.pull();
      }
    }
  }

  /**
   * By the engine.
   *
   * @param keep whether there is more to come that may lead through the same part of the graph
   */
  private static void backward(NDArray at, NDArray gradient, boolean keep) {
    JniUtils.backward((PtNDArray) at, (PtNDArray) gradient, keep, false);
  }

  @Override
  public void close() {
    CURRENT.set(null);
    collector.close();
    cuts.forEach(Cut::close);
  }

  /** A value, and the gradient by each input, whose number is told, from that by the value. */
  record Traced(NDArray value, BiFunction<Integer, NDArray, NDArray> pullback) {}

  private record Cut(List<@Nullable NDArray> recorded, NDList inputs, Traced traced)
      implements AutoCloseable {

    void pull() {
      NDArray value = traced.value();
      NDArray gradient = JniUtils.getGradient((PtNDArray) value);
      if (gradient == null) {
        // Nothing was made of the value.
        return;
      }
      gradient.attach(value.getManager());
      try (gradient) {
        for (int i = 0; i < recorded.size(); i++) {
          NDArray input = recorded.get(i);
          if (input != null) {
            try (NDArray pulled = traced.pullback().apply(i, gradient)) {
              backward(input, pulled, true);
            }
          }
        }
      }
    }

    @Override
    public void close() {
      recorded.stream().filter(Objects::nonNull).forEach(NDArray::close);
      inputs.close();
      traced.value().close();
    }
  }
}
