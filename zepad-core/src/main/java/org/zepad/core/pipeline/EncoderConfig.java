package org.zepad.core.pipeline;

import org.zepad.api.Option;
import org.zepad.api.defence.Role;

/**
 * One encoder of a whole run: a branch, and where its encoder comes from.
 *
 * @param name names encoder and branch, unique, kebab case
 * @param role what the branch is for
 * @param file an existing encoder, a file or {@code zoo:METHOD}; empty: it is pre-trained
 * @param pretrain how it is pre-trained
 */
public record EncoderConfig(
    @Option(defaultValue = "", help = "name of the encoder and of its branch") String name,
    @Option(defaultValue = "mpae", help = "what the branch is for") Role role,
    @Option(
            defaultValue = "",
            help = "file of an existing encoder or zoo:METHOD, empty to pre-train")
        String file,
    @Option(defaultValue = "", help = "how it is pre-trained") PretrainConfig pretrain) {
  public EncoderConfig {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "an encoder needs a name in lower-case kebab letters, got '" + name + "'");
    }
  }
}
