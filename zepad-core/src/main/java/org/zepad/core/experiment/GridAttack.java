package org.zepad.core.experiment;

import org.zepad.api.Option;
import org.zepad.core.config.PluginOf;
import org.zepad.core.pipeline.Choice;
import org.zepad.core.plugin.PluginKind;

/**
 * An attack of a grid.
 *
 * @param name names it in tables, kebab case
 * @param attack the attack, universal or sample-wise
 * @param against whom it is crafted against
 */
public record GridAttack(
    @Option(defaultValue = "", help = "name in tables, kebab case") String name,
    @PluginOf(PluginKind.ATTACK) @Option(defaultValue = "advencoder-per", help = "attack")
        Choice attack,
    @Option(
            defaultValue = "victim",
            help = "whom it is crafted against: the undefended victim, or each defence by itself")
        Against against) {
  public GridAttack {
    GridNames.require("an attack", name);
  }
}
