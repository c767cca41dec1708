package org.zepad.core.encoder;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zepad.api.encoder.Preprocessing;

/**
 * What a person says about a public checkpoint; it goes before what the file says.
 *
 * @param prefix the names of the encoder's tensors begin with this; null: one of the known ones
 * @param backbone the name of the backbone plugin; null: the one that recognises the tensors
 * @param backboneOptions options that the tensors cannot tell, such as padding; kebab-case
 * @param method the SSL method; null: what the file says
 * @param preprocessing size and statistics; null: those of the data set that the file names
 */
public record CheckpointHints(
    @Nullable String prefix,
    @Nullable String backbone,
    Map<String, Object> backboneOptions,
    @Nullable String method,
    @Nullable Preprocessing preprocessing) {
  public CheckpointHints {
    backboneOptions = Map.copyOf(backboneOptions);
  }

  /** Nothing is said. */
  public static CheckpointHints none() {
    return new CheckpointHints(null, null, Map.of(), null, null);
  }

  /** As this, with other options of the backbone. */
  public CheckpointHints withBackboneOptions(Map<String, Object> options) {
    return new CheckpointHints(prefix, backbone, options, method, preprocessing);
  }

  /** As this, with a pre-processing. */
  public CheckpointHints withPreprocessing(Preprocessing given) {
    return new CheckpointHints(prefix, backbone, backboneOptions, method, given);
  }
}
