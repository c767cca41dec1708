package org.zepad.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands of the program. Each is made only where it is wanted: to make them all takes longer
 * than many a command takes to do its work.
 */
final class Commands {
  private final GlobalOptions options;
  private final Map<String, Supplier<CommandLine>> makers = new LinkedHashMap<>();

  Commands(GlobalOptions options) {
    this.options = options;
    add("demo", () -> new DemoCommand(options));
    addStep("run", () -> new RunCommand(options));
    addStep("pretrain", () -> new PretrainCommand(options));
    addStep("harden", () -> new HardenCommand(options));
    addStep("adapt", () -> new AdaptCommand(options));
    addStep("attack", () -> new AttackCommand(options));
    addStep("evaluate", () -> new EvaluateCommand(options));
    addStep("knn", () -> new KnnCommand(options));
    addStep("export", () -> new ExportCommand(options));
    makers.put("experiment", this::experiment);
    makers.put("perturbations", () -> PerturbationsCommand.line(options));
    add("predict", () -> new PredictCommand(options));
    add("serve", () -> new ServeCommand(options));
    add("bench", () -> new BenchCommand(options));
    makers.put("plugins", this::plugins);
    makers.put("datasets", this::datasets);
    add("zoo", () -> new ZooCommand(options));
    add("inspect", () -> new InspectCommand(options));
  }

  /** The program with all its commands. */
  CommandLine all() {
    return line(makers.keySet());
  }

  /**
   * The program with what it needs for some arguments: the command that they begin with, or all
   * commands if they begin with none.
   */
  CommandLine of(String... args) {
    return args.length > 0 && makers.containsKey(args[0]) ? line(Set.of(args[0])) : all();
  }

  private CommandLine line(Set<String> names) {
    CommandLine line = new CommandLine(options);
    makers.forEach(
        (name, maker) -> {
          if (names.contains(name)) {
            line.addSubcommand(maker.get());
          }
        });
    Failures failures = new Failures(options);
    line.setParameterExceptionHandler(failures);
    line.setExecutionExceptionHandler(failures);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(100);
    return line;
  }

  private void add(String name, Supplier<Runnable> command) {
    makers.put(name, () -> new CommandLine(command.get()));
  }

  private void addStep(String name, Supplier<StepCommand<?>> step) {
    makers.put(name, () -> describedLine(step.get()));
  }

  private static CommandLine describedLine(StepCommand<?> step) {
    CommandLine line = new CommandLine(step);
    step.describe(line.getCommandSpec());
    return line;
  }

  private CommandLine experiment() {
    ExperimentCommand experiment = new ExperimentCommand(options);
    CommandLine line = new CommandLine(experiment);
    experiment.describe(line.getCommandSpec());
    line.addSubcommand(new ExperimentMergeCommand(options));
    return line;
  }

  private CommandLine plugins() {
    CommandLine line = new CommandLine(new PluginsCommand(options));
    line.addSubcommand(new PluginsShowCommand(options));
    line.addSubcommand(new PluginsCheckCommand(options));
    return line;
  }

  private CommandLine datasets() {
    CommandLine line = new CommandLine(new DatasetsCommand());
    line.addSubcommand(new DatasetsListCommand(options));
    line.addSubcommand(new DatasetsShowCommand(options));
    line.addSubcommand(new DatasetsFetchCommand(options));
    return line;
  }
}
