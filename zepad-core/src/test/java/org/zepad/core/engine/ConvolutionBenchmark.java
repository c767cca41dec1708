package org.zepad.core.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.FixedConvolution;
import org.zepad.api.tensor.TensorOps;

/**
 * The 3 x 3 convolutions of a ResNet-18 of width 64 on 32 x 32 images, of which each has the same
 * number of operations: directly, and prepared for many calls, forwards and backwards.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ConvolutionBenchmark {
  private static final int IMAGES = 16;

  /** Channels; their product with the side in pixels is 2,048. */
  @Param({"64", "128", "256", "512"})
  public int channels;

  private RunContext context;
  private TensorOps ops;
  private NDArray x;
  private NDArray weight;
  private FixedConvolution prepared;

  /** Draws images and a weight. */
  @Setup
  public void draw() {
    context = RunContexts.root(1, Device.cpu(), Progress.silent());
    ops = context.ops();
    NDManager manager = context.manager();
    int side = 2_048 / channels;
    weight = manager.randomNormal(new Shape(channels, channels, 3, 3));
    NDArray images = manager.randomNormal(new Shape(IMAGES, channels, side, side));
    // As it comes from another convolution.
    x = ops.conv2d(images, weight, null, 1, 1);
    prepared = ops.convolution(weight, null, 1, 1, manager);
  }

  /** Gives all native memory back. */
  @TearDown
  public void close() {
    context.close();
  }

  /** By the engine. */
  @Benchmark
  public void direct() {
    ops.conv2d(x, weight, null, 1, 1).close();
  }

  /** Prepared. */
  @Benchmark
  public void apply() {
    prepared.apply(x).close();
  }

  /** The gradient by what was convolved. */
  @Benchmark
  public void pullback() {
    prepared.pullback(x, x.getShape()).close();
  }
}
