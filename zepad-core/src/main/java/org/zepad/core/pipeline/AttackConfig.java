package org.zepad.core.pipeline;

import org.zepad.api.Option;
import org.zepad.core.config.PluginOf;
import org.zepad.core.plugin.PluginKind;

/**
 * Crafting a universal perturbation against a public encoder.
 *
 * @param attack the universal attack
 * @param data the attacker's surrogate images, of which the training part is used without labels
 */
public record AttackConfig(
    @PluginOf(PluginKind.ATTACK) @Option(defaultValue = "advencoder-per", help = "universal attack")
        Choice attack,
    @PluginOf(PluginKind.DATASET)
        @Option(defaultValue = "shapes", help = "the attacker's surrogate data set")
        DataConfig data) {}
