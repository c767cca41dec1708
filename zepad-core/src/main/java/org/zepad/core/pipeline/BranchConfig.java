package org.zepad.core.pipeline;

import org.zepad.api.Option;
import org.zepad.api.defence.Role;

/**
 * One branch: a role and a public encoder.
 *
 * @param name names the branch, unique
 * @param role what it is for
 * @param encoder the encoder's file, or {@code zoo:METHOD}
 */
public record BranchConfig(
    @Option(defaultValue = "", help = "name of the branch") String name,
    @Option(defaultValue = "mpae", help = "what the branch is for") Role role,
    @Option(
            defaultValue = "",
            help = "the encoder: zoo:METHOD, a file of ours, a public checkpoint")
        String encoder) {}
