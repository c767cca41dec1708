package org.zepad.core.harden;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
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
import org.zepad.api.fusion.Fusion;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.fusion.RobustFederalDecision;

/** What a step of fine-tuning does besides the encoder: the loss, the optimizer, the fusion. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StepBenchmark {
  private static final int CLASSES = 10;
  private static final int BRANCHES = 3;

  /** The parameters of a ResNet-18 of width 16, in as many tensors. */
  private static final int TENSORS = 62;

  private static final int PARAMETERS = 700_000;

  /** Images. */
  @Param({"64", "256"})
  public int batch;

  private final TopologyLoss loss = new TopologyLoss(TopologyLoss.PUBLISHED_SCALE);
  private final Fusion fusion =
      new RobustFederalDecision().create(new RobustFederalDecision.Options(3));
  private RunContext context;
  private NDArray clean;
  private NDArray attacked;
  private NDArray labels;
  private NDArray weights;
  private NDArray branches;
  private StateDict parameters;
  private Optimizer adam;

  /** Draws logits and parameters. */
  @Setup
  public void draw() {
    context = RunContexts.root(1, Device.cpu(), Progress.silent());
    NDManager manager = context.manager();
    clean = manager.randomNormal(new Shape(batch, CLASSES));
    attacked = manager.randomNormal(new Shape(batch, CLASSES));
    labels = manager.create(LongStream.range(0, batch).map(i -> i % CLASSES).toArray());
    weights = manager.randomUniform(0, 3, new Shape(batch));
    branches = manager.randomNormal(new Shape(BRANCHES, batch, CLASSES));
    parameters = new StateDict(manager);
    for (int i = 0; i < TENSORS; i++) {
      parameters.parameter("p" + i, manager.randomNormal(new Shape(PARAMETERS / TENSORS)));
    }
    adam = context.optimizer(OptimizerSpec.Adam.of(8e-4), parameters);
    parameters.requireGradients(true);
    context
        .ops()
        .backward(
            () ->
                parameters.parameters().values().stream()
                    .map(NDArray::sum)
                    .reduce(NDArray::add)
                    .orElseThrow());
    parameters.requireGradients(false);
  }

  /** Gives all native memory back. */
  @TearDown
  public void close() {
    adam.close();
    context.close();
  }

  /** The topology-preservation loss and its gradient by one side of the logits. */
  @Benchmark
  public float topologyLoss() {
    try (NDManager scope = context.manager().newSubManager()) {
      NDArray point = attacked.duplicate();
      point.attach(scope);
      return (float)
          context
              .ops()
              .gradient(point, b -> loss.of(scoped(scope, clean), b, labels, weights))
              .value()
              .getDouble();
    }
  }

  /** The fused logits of a batch. */
  @Benchmark
  public float[] fusion() {
    try (NDManager scope = context.manager().newSubManager()) {
      return fusion.fuse(scoped(scope, branches)).logits().toFloatArray();
    }
  }

  /** One Adam step of a ResNet-18 of width 16; does not depend on the batch. */
  @Benchmark
  public void adam() {
    adam.step(1e-4);
  }

  /** Results belong to the manager of the first operand, so that must be one that closes. */
  private static NDArray scoped(NDManager scope, NDArray x) {
    NDArray copy = x.duplicate();
    copy.attach(scope);
    return copy;
  }
}
