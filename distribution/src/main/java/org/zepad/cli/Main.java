package org.zepad.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** The entry point of the program {@code zepad}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  // The launcher sets jdk.console, with which there is a console only where a person sits.
  @SuppressWarnings("SystemConsoleNull")
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = run(args, out, err, System.console() != null);
    out.flush();
    err.flush();
    // Native libraries keep threads of their own, which would hold the process.
    System.exit(exitCode);
  }

  /**
   * Runs one command.
   *
   * @param out where results go
   * @param err where progress and errors go
   * @param terminal whether a person watches
   * @return 0, 2 (usage), 3 (input data), 4 (environment) or 70 (internal)
   */
  static int run(String[] args, PrintWriter out, PrintWriter err, boolean terminal) {
    GlobalOptions options = new GlobalOptions(out, err, terminal, List.of(args));
    CommandLine line = commandLine(options);
    line.setOut(out);
    line.setErr(err);
    try {
      return line.execute(args);
    } catch (LinkageError | OutOfMemoryError | StackOverflowError e) {
      return new Failures(options).handle(e);
    }
  }

  /** The command line with all its commands. */
  static CommandLine commandLine(GlobalOptions options) {
    CommandLine line = new CommandLine(options);
    line.addSubcommand(new DemoCommand(options));
    for (StepCommand<?> step :
        List.of(
            new RunCommand(options),
            new PretrainCommand(options),
            new HardenCommand(options),
            new AdaptCommand(options),
            new AttackCommand(options),
            new EvaluateCommand(options),
            new KnnCommand(options),
            new ExportCommand(options))) {
      CommandLine command = new CommandLine(step);
      step.describe(command.getCommandSpec());
      line.addSubcommand(command);
    }
    ExperimentCommand experiment = new ExperimentCommand(options);
    CommandLine grids = new CommandLine(experiment);
    experiment.describe(grids.getCommandSpec());
    grids.addSubcommand(new ExperimentMergeCommand(options));
    line.addSubcommand(grids);
    line.addSubcommand(PerturbationsCommand.line(options));
    line.addSubcommand(new PredictCommand(options));
    line.addSubcommand(new ServeCommand(options));
    line.addSubcommand(new BenchCommand(options));
    CommandLine plugins = new CommandLine(new PluginsCommand(options));
    plugins.addSubcommand(new PluginsShowCommand(options));
    line.addSubcommand(plugins);
    CommandLine datasets = new CommandLine(new DatasetsCommand());
    datasets.addSubcommand(new DatasetsListCommand(options));
    datasets.addSubcommand(new DatasetsShowCommand(options));
    datasets.addSubcommand(new DatasetsFetchCommand(options));
    line.addSubcommand(datasets);
    line.addSubcommand(new ZooCommand(options));
    line.addSubcommand(new InspectCommand(options));
    Failures failures = new Failures(options);
    line.setParameterExceptionHandler(failures);
    line.setExecutionExceptionHandler(failures);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(100);
    return line;
  }
}
