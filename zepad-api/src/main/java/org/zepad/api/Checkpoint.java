package org.zepad.api;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;

/** The one place where a piece of work saves what it needs to continue after a kill. */
public interface Checkpoint {

  /**
   * Replaces what was saved before, atomically: a reader sees the old or the new, never a part.
   *
   * @param step how many steps are done; what {@link Saved#step()} returns later
   * @param tensors copied before the call returns
   * @param values small facts that are no tensors
   */
  void save(long step, Map<String, NDArray> tensors, Map<String, String> values);

  /**
   * What was saved last, or empty for a fresh start.
   *
   * @param manager the owner of the loaded tensors
   */
  Optional<Saved> load(NDManager manager);

  /** A checkpoint of work. */
  record Saved(long step, Map<String, NDArray> tensors, Map<String, String> values) {
    public Saved {
      tensors = Map.copyOf(tensors);
      values = Map.copyOf(values);
    }
  }

  /** Saves nothing: for work too short to be continued. */
  static Checkpoint none() {
    return new Checkpoint() {
      @Override
      public void save(long step, Map<String, NDArray> tensors, Map<String, String> values) {}

      @Override
      public Optional<Saved> load(NDManager manager) {
        return Optional.empty();
      }
    };
  }
}
