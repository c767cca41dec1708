package org.zepad.core.pipeline;

import java.util.Map;
import org.zepad.api.Option;
import org.zepad.api.defence.Role;
import org.zepad.core.config.PluginOf;
import org.zepad.core.plugin.PluginKind;

/**
 * One branch: a role, a public encoder, and perhaps a hardening of its own.
 *
 * @param name names the branch, unique
 * @param role what it is for
 * @param encoder the encoder's file, or {@code zoo:METHOD}
 * @param hardening the defence that hardens this branch by itself, as its victim; {@code none}
 *     keeps it as it is; without a name, the bundle's defence hardens it together with the others
 */
public record BranchConfig(
    @Option(defaultValue = "", help = "name of the branch") String name,
    @Option(defaultValue = "mpae", help = "what the branch is for") Role role,
    @Option(
            defaultValue = "",
            help = "the encoder: zoo:METHOD, a file of ours, a public checkpoint")
        String encoder,
    @PluginOf(PluginKind.DEFENCE)
        @Option(
            defaultValue = "",
            help = "defence of this branch by itself; none keeps it, empty: the bundle's defence")
        Choice hardening) {

  /** A branch that the bundle's defence hardens. */
  public BranchConfig(String name, Role role, String encoder) {
    this(name, role, encoder, new Choice("", Map.of()));
  }

  /** Whether it has a hardening of its own. */
  boolean hardensItself() {
    return !hardening.name().isEmpty();
  }
}
