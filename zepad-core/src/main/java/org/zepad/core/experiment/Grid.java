package org.zepad.core.experiment;

import java.util.List;
import org.zepad.api.Option;
import org.zepad.core.config.PluginOf;
import org.zepad.core.pipeline.AdaptConfig;
import org.zepad.core.pipeline.DataConfig;
import org.zepad.core.plugin.PluginKind;

/**
 * An experiment: everything with everything, for each seed.
 *
 * @param seeds the seeds, each of which makes everything anew
 * @param victims the public encoders
 * @param defences the defences; the undefended victim is always among the models
 * @param tuning what defences tune on
 * @param attacks the attacks
 * @param surrogate what universal attacks are crafted on
 * @param tasks the downstream tasks
 * @param audit whether every model is attacked to find signs that figures flatter it
 * @param batchSize images at once in evaluation; changes no result
 */
public record Grid(
    @Option(defaultValue = "1", help = "seeds, separated by commas") List<Long> seeds,
    @Option(defaultValue = "", help = "public encoders") List<Victim> victims,
    @Option(defaultValue = "", help = "defences beside the undefended victim")
        List<GridDefence> defences,
    @PluginOf(PluginKind.DATASET)
        @Option(defaultValue = "shapes", help = "data set that defences tune on")
        DataConfig tuning,
    @Option(defaultValue = "", help = "attacks") List<GridAttack> attacks,
    @PluginOf(PluginKind.DATASET)
        @Option(defaultValue = "shapes", help = "data set that universal attacks are crafted on")
        DataConfig surrogate,
    @Option(defaultValue = "", help = "downstream tasks") List<AdaptConfig> tasks,
    @Option(defaultValue = "false", help = "run the thorough self-checks on every model, too")
        boolean audit,
    @Option(defaultValue = "256", help = "images at once in evaluation", min = 1) int batchSize) {
  /** How a report calls the victim as published. */
  public static final String UNDEFENDED = "undefended";

  public Grid {
    seeds = List.copyOf(seeds);
    GridNames.requireDifferent("seeds", seeds, Object::toString);
    GridNames.requireDifferent("victims", victims, Victim::name);
    GridNames.requireDifferent("attacks", attacks, GridAttack::name);
    GridNames.requireDifferent("tasks", tasks, AdaptConfig::taskName);
    GridNames.requireDifferent("defences", defences, GridDefence::name);
    if (defences.stream().anyMatch(d -> d.name().equals(UNDEFENDED))) {
      throw new IllegalArgumentException(
          "the undefended victim is always there; call the defence something else");
    }
  }

  /** The same grid with other seeds. */
  public Grid withSeeds(List<Long> other) {
    return new Grid(other, victims, defences, tuning, attacks, surrogate, tasks, audit, batchSize);
  }
}
