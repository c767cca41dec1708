package org.zepad.core.pipeline;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.Optional;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.data.DecodedCache;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.io.FolderCheckpoint;

/**
 * What every step takes from outside.
 *
 * @param seed the one seed
 * @param device where tensors lie
 * @param data the folder in which data sets are kept
 * @param progress where to say how far the work is
 * @param cache where decoded images are kept for later runs; empty: nowhere
 * @param command what was typed, so that a report can tell how to get it again; may be empty
 */
public record Settings(
    long seed,
    Device device,
    Path data,
    Progress progress,
    Optional<DecodedCache> cache,
    String command) {

  /** Settings that keep no decoded images. */
  public Settings(long seed, Device device, Path data, Progress progress) {
    this(seed, device, data, progress, Optional.empty(), "");
  }

  /** The same with another seed. */
  public Settings withSeed(long other) {
    return new Settings(other, device, data, progress, cache, command);
  }

  /**
   * A context for a step.
   *
   * @param work the folder for the step's checkpoints
   */
  RunContext context(Path work) {
    return RunContexts.root(
        seed,
        device,
        progress,
        label ->
            new FolderCheckpoint(
                work.resolve((label.isEmpty() ? "step" : label.substring(1)) + ".safetensors")));
  }
}
