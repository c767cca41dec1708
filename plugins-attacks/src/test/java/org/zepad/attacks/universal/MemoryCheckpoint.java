package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.zepad.api.Checkpoint;

/** A checkpoint in Java's memory, which can end a crafting right after it has saved. */
final class MemoryCheckpoint implements Checkpoint {
  private long killAfter = Long.MAX_VALUE;
  private long step = -1;
  private final Map<String, float[]> tensors = new HashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private Map<String, String> values = Map.of();

  /** What a kill looks like from inside. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  MemoryCheckpoint killAfter(long steps) {
    killAfter = steps;
    return this;
  }

  long step() {
    return step;
  }

  @Override
  public void save(long done, Map<String, NDArray> saved, Map<String, String> facts) {
    step = done;
    saved.forEach(
        (name, array) -> {
          tensors.put(name, array.toFloatArray());
          shapes.put(name, array.getShape());
        });
    values = Map.copyOf(facts);
    if (done >= killAfter) {
      throw new Killed();
    }
  }

  @Override
  public Optional<Saved> load(NDManager manager) {
    if (step < 0) {
      return Optional.empty();
    }
    Map<String, NDArray> loaded = new HashMap<>();
    tensors.forEach((name, array) -> loaded.put(name, manager.create(array, shapes.get(name))));
    return Optional.of(new Saved(step, loaded, values));
  }
}
