package org.zepad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.core.config.ConfigReader;
import org.zepad.core.experiment.Experiment;
import org.zepad.core.experiment.Grid;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts the shards of an experiment together. */
@Command(
    name = "merge",
    description = "Put together what several machines did of one grid, and write the report.",
    sortOptions = false)
final class ExperimentMergeCommand implements Runnable {
  private final GlobalOptions options;

  @Parameters(index = "0", paramLabel = "GRID", description = "The grid in YAML.")
  private Path grid = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "DIR",
      description = "The folders of the shards.")
  private List<Path> shards = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder that gets all cells and the report.")
  private Path out = Path.of("");

  ExperimentMergeCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    PluginRegistry registry = options.registry();
    Grid read = new ConfigReader(registry).read(Grid.class, grid, Map.of());
    Long seed = options.seed();
    Experiment experiment =
        new Experiment(
            registry,
            options.settings(1),
            seed == null ? read : read.withSeeds(List.of(seed)),
            out);
    experiment.merge(shards);
    ExperimentResults.print(options, experiment.report(), Map.of(), out);
  }
}
