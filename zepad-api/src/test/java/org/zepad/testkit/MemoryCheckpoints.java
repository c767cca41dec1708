package org.zepad.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.zepad.api.Checkpoint;

/** Checkpoints of a run in memory, by the labels of its parts. They can play the kill of a run. */
public final class MemoryCheckpoints implements Function<String, Checkpoint> {
  private final Map<String, Kept> kept = new HashMap<>();
  private int saves;
  private int killAt = Integer.MAX_VALUE;

  /** The run was killed, right after something was saved. */
  public static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private record Kept(long step, Map<String, byte[]> tensors, Map<String, String> values) {}

  /** Kills the run after so many saves, counted from the first. */
  public void killAfter(int saves) {
    killAt = saves;
  }

  /** How often something was saved. */
  public int saves() {
    return saves;
  }

  @Override
  public Checkpoint apply(String label) {
    return new Checkpoint() {
      @Override
      public void save(long step, Map<String, NDArray> tensors, Map<String, String> values) {
        Map<String, byte[]> encoded = new HashMap<>();
        tensors.forEach((name, tensor) -> encoded.put(name, tensor.encode()));
        kept.put(label, new Kept(step, encoded, Map.copyOf(values)));
        saves++;
        if (saves == killAt) {
          throw new Killed();
        }
      }

      @Override
      public Optional<Saved> load(NDManager manager) {
        return Optional.ofNullable(kept.get(label))
            .map(
                found -> {
                  Map<String, NDArray> tensors = new HashMap<>();
                  found.tensors.forEach(
                      (name, bytes) -> tensors.put(name, NDArray.decode(manager, bytes)));
                  return new Saved(found.step, tensors, found.values);
                });
      }
    };
  }
}
