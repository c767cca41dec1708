package org.zepad.core.pipeline;

import java.util.List;
import org.zepad.api.Option;
import org.zepad.core.config.PluginOf;
import org.zepad.core.plugin.PluginKind;

/**
 * Hardening: public encoders to a bundle.
 *
 * @param branches the encoders; the first is the victim
 * @param defence what hardens them
 * @param data the tuning data set
 * @param fusion how branches are fused
 * @param detector how adversarial examples are scored
 */
public record HardenConfig(
    @Option(defaultValue = "", help = "branches, the victim first") List<BranchConfig> branches,
    @PluginOf(PluginKind.DEFENCE) @Option(defaultValue = "zepad", help = "defence") Choice defence,
    @PluginOf(PluginKind.DATASET) @Option(defaultValue = "shapes", help = "data set to tune on")
        DataConfig data,
    @PluginOf(PluginKind.FUSION)
        @Option(defaultValue = "robust-federal-decision", help = "fusion rule")
        Choice fusion,
    @PluginOf(PluginKind.DETECTOR) @Option(defaultValue = "confidence-gap", help = "detector")
        Choice detector) {}
