package org.zepad.core.pipeline;

import java.nio.file.Path;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.core.encoder.CheckpointHints;
import org.zepad.core.encoder.EncoderFiles;
import org.zepad.core.encoder.PublicCheckpoints;
import org.zepad.core.encoder.Zoo;
import org.zepad.core.io.TensorFiles;
import org.zepad.core.plugin.PluginRegistry;

/** Reads an encoder from the zoo, from a file of ours or from a public checkpoint. */
final class EncoderLoader {
  private EncoderLoader() {}

  /** Where an encoder lies: {@code zoo:METHOD}, or a path. */
  static Path file(String encoder, PluginRegistry plugins) {
    return new Zoo(plugins).file(encoder);
  }

  static Encoder load(Path file, PluginRegistry plugins, RunContext context) {
    boolean ours =
        TensorFiles.open(file).facts().keySet().stream()
            .anyMatch(fact -> fact.startsWith(EncoderFiles.METADATA));
    return ours
        ? EncoderFiles.load(file, plugins, context)
        : new PublicCheckpoints(plugins.backbones()).load(file, CheckpointHints.none(), context);
  }
}
