package org.zepad.api;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;

/**
 * Everything that work needs from outside: seed, device, tensor scope, progress, checkpoint. There
 * is no other source of randomness, time or memory.
 *
 * <p>A context owns an {@link NDManager}; closing it frees every array made in it. It belongs to
 * one thread. Gradient recording is off except inside {@link TensorOps#gradient} and {@link
 * TensorOps#backward}.
 */
public interface RunContext extends AutoCloseable {

  /** The seed of this piece of work. The same seed gives the same numbers on the same machine. */
  long seed();

  /**
   * The scope of tensors that live as long as this context. Make sub-managers for a step's tensors.
   */
  NDManager manager();

  /** The device that the tensors lie on. */
  default Device device() {
    return manager().getDevice();
  }

  /** Where to say how far the work is. */
  Progress progress();

  /** Where to leave what is needed to continue after a kill. */
  Checkpoint checkpoint();

  /** Operations that DJL's arrays lack, and gradients. */
  TensorOps ops();

  /** An optimizer of the trainable tensors of a state, for instance a plugin's own generator. */
  Optimizer optimizer(OptimizerSpec spec, StateDict state);

  /** A generator that starts anew from {@link #seed()} at every call. */
  default SplittableRandom random() {
    return new SplittableRandom(seed());
  }

  /**
   * Seeds the engine's own generator (dropout, random arrays) from this context's seed and a
   * counter, so that work which is continued at step {@code counter} sees the numbers it would have
   * seen.
   */
  void reseedEngine(long counter);

  /**
   * A context for a part of the work: a sub-scope, and a seed and checkpoint derived from the
   * label. The caller closes it.
   *
   * @param label names the part, unique among its siblings, in kebab case
   */
  RunContext child(String label);

  /** Frees every tensor of this context. Closing twice is harmless. */
  @Override
  void close();
}
