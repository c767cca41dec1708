package org.zepad.core.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
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
  private final TorchModule module;
  private final List<Cut> cuts = new ArrayList<>();

  GradientTape(TorchModule module) {
    this.module = module;
    collector = Engine.getEngine("PyTorch").newGradientCollector();
    CURRENT.set(this);
  }

  /** Applies a function; see {@link org.zepad.api.tensor.TensorOps#differentiable}. */
  static NDArray apply(NDArray x, Differentiable function, TorchModule module) {
    if (!module.isRecorded(x)) {
      return function.apply(x);
    }
    GradientTape tape = CURRENT.get();
    if (tape == null) {
      throw new IllegalStateException(
          "gradients are recorded by TensorOps.gradient or TensorOps.backward alone");
    }
    return tape.cut(x, function);
  }

  private NDArray cut(NDArray x, Differentiable function) {
    NDManager owner = x.getManager();
    Differentiable.Traced traced;
    try (NDArray values = x.stopGradient()) {
      values.attach(owner);
      traced = function.trace(values);
    }
    traced.value().setRequiresGradient(true);
    // The caller may close both x and what it is given before the way back is gone.
    cuts.add(new Cut(module.alias(x), traced.value(), traced.pullback()));
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

  private record Cut(NDArray input, NDArray value, UnaryOperator<NDArray> pullback)
      implements AutoCloseable {

    void pull() {
      NDArray gradient = JniUtils.getGradient((PtNDArray) value);
      if (gradient == null) {
        // Nothing was made of the value.
        return;
      }
      gradient.attach(value.getManager());
      try (gradient;
          NDArray pulled = pullback.apply(gradient)) {
        backward(input, pulled, true);
      }
    }

    @Override
    public void close() {
      input.close();
      value.close();
    }
  }
}
