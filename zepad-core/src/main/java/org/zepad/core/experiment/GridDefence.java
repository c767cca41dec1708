package org.zepad.core.experiment;

import java.util.List;
import org.zepad.api.Option;
import org.zepad.api.defence.Role;
import org.zepad.core.config.PluginOf;
import org.zepad.core.pipeline.BranchConfig;
import org.zepad.core.pipeline.Choice;
import org.zepad.core.plugin.PluginKind;

/**
 * A defence of a grid.
 *
 * @param name names it in tables, kebab case
 * @param defence what hardens the branches
 * @param branches the branches; the encoder {@value #VICTIM} stands for the grid's victim; empty:
 *     the victim alone
 * @param fusion how branches are fused
 * @param detector how adversarial examples are scored
 */
public record GridDefence(
    @Option(defaultValue = "", help = "name in tables, kebab case") String name,
    @PluginOf(PluginKind.DEFENCE) @Option(defaultValue = "zepad", help = "defence") Choice defence,
    @Option(
            defaultValue = "",
            help = "branches, where the encoder 'victim' is the grid's; empty: the victim alone")
        List<BranchConfig> branches,
    @PluginOf(PluginKind.FUSION)
        @Option(defaultValue = "robust-federal-decision", help = "fusion rule")
        Choice fusion,
    @PluginOf(PluginKind.DETECTOR) @Option(defaultValue = "confidence-gap", help = "detector")
        Choice detector) {
  /** Stands for the grid's victim where a branch names its encoder. */
  public static final String VICTIM = "victim";

  public GridDefence {
    GridNames.require("a defence", name);
    branches =
        branches.isEmpty()
            ? List.of(new BranchConfig(VICTIM, Role.MPAE, VICTIM))
            : List.copyOf(branches);
  }
}
