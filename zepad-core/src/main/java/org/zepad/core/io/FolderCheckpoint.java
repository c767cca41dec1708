package org.zepad.core.io;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.zepad.api.Checkpoint;
import org.zepad.api.ZepadException;

/**
 * A checkpoint of work as one safetensors file in a folder of the run: the tensors as they are,
 * step and values in the metadata. Replaced atomically; see {@link AtomicFiles#write}.
 */
public final class FolderCheckpoint implements Checkpoint {
  private static final String FORMAT = "zepad.checkpoint";
  private static final String VERSION = "1";
  private static final String STEP = "zepad.step";
  private static final String VALUE = "value.";

  private final Path file;

  /**
   * Names the file; nothing is read or written yet.
   *
   * @param file ends in {@code .safetensors} by convention; missing folders are made when saving
   */
  public FolderCheckpoint(Path file) {
    this.file = file;
  }

  @Override
  public void save(long step, Map<String, NDArray> tensors, Map<String, String> values) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(FORMAT, VERSION);
    metadata.put(STEP, Long.toString(step));
    values.forEach((key, value) -> metadata.put(VALUE + key, value));
    Safetensors.write(file, new TreeMap<>(tensors), metadata);
  }

  @Override
  public Optional<Saved> load(NDManager manager) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Safetensors.Contents contents = Safetensors.read(file, manager);
    Map<String, String> metadata = contents.metadata();
    String version = metadata.get(FORMAT);
    if (!VERSION.equals(version)) {
      throw ZepadException.input(
          file
              + " is no checkpoint of version "
              + VERSION
              + " but "
              + version
              + "; delete it to start afresh");
    }
    Map<String, String> values = new HashMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(VALUE)) {
            values.put(key.substring(VALUE.length()), value);
          }
        });
    return Optional.of(new Saved(step(metadata), contents.tensors(), values));
  }

  private long step(Map<String, String> metadata) {
    try {
      return Long.parseLong(metadata.getOrDefault(STEP, ""));
    } catch (NumberFormatException e) {
      throw ZepadException.input(file + ": the checkpoint does not say its step", e);
    }
  }
}
