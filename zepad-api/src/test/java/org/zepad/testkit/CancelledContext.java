package org.zepad.testkit;

import ai.djl.ndarray.NDManager;
import java.util.concurrent.CancellationException;
import org.zepad.api.Checkpoint;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;

/** Another context, whose work is cancelled as soon as it says that a step is done. */
final class CancelledContext implements RunContext {
  private final RunContext context;
  private final Cancelling progress;

  CancelledContext(RunContext context) {
    this(context, new Cancelling());
  }

  private CancelledContext(RunContext context, Cancelling progress) {
    this.context = context;
    this.progress = progress;
  }

  /** How often work went on after it was cancelled. */
  int ignored() {
    return Math.max(0, progress.updates - 1);
  }

  /** Whether any step was told of. */
  boolean told() {
    return progress.updates > 0;
  }

  @Override
  public long seed() {
    return context.seed();
  }

  @Override
  public NDManager manager() {
    return context.manager();
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public Checkpoint checkpoint() {
    return context.checkpoint();
  }

  @Override
  public TensorOps ops() {
    return context.ops();
  }

  @Override
  public Optimizer optimizer(OptimizerSpec spec, StateDict state) {
    return context.optimizer(spec, state);
  }

  @Override
  public void reseedEngine(long counter) {
    context.reseedEngine(counter);
  }

  @Override
  public RunContext child(String label) {
    return new CancelledContext(context.child(label), progress);
  }

  @Override
  public void close() {
    context.close();
  }

  /** Cancels at every step. */
  private static final class Cancelling implements Progress {
    private int updates;

    @Override
    public void start(String label, long steps) {}

    @Override
    public void update(long done, String note) {
      // Some tell of the nought steps that are done at the beginning.
      updates++;
      throw new CancellationException("cancelled by the contract");
    }

    @Override
    public void message(String line) {}
  }
}
