package org.zepad.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.core.experiment.Experiment;
import org.zepad.core.experiment.ExperimentResult;
import org.zepad.core.experiment.Grid;
import org.zepad.core.experiment.JobFailure;
import org.zepad.core.experiment.JobLauncher;
import org.zepad.core.experiment.Outlook;
import org.zepad.core.experiment.Shard;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a grid of experiments. */
@Command(
    name = "experiment",
    description = {
      "Run a grid: encoders x defences x attacks x tasks x seeds, with shared work done once.",
      "A killed experiment continues when repeated; a failing part does not stop the others."
    },
    sortOptions = false)
final class ExperimentCommand extends StepCommand<Grid> {
  @Parameters(
      paramLabel = "GRID",
      arity = "0..1",
      description = "The grid in YAML; conf/grid.yaml is an example.")
  private @Nullable Path grid;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder that gets bundles, perturbations, cells and the report (required).")
  private @Nullable Path folder;

  @Option(names = "--plan", description = "Only say what would be done.")
  private boolean planOnly;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "0",
      description = "Processes at once (default: as many as cores and memory allow).")
  private int jobs;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of each process; another number gives slightly other results.")
  private int threads = 1;

  @Option(
      names = "--memory",
      paramLabel = "GIB",
      defaultValue = "0",
      description = "Memory for all processes, some 3 GiB each (default: four fifths of it).")
  private int memory;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      defaultValue = "1/1",
      description = "Do the I-th of N parts; 'experiment merge' puts them together.")
  private String shard = "1/1";

  @Option(names = "--job", hidden = true)
  private @Nullable String job;

  @Spec private @Nullable CommandSpec spec;

  ExperimentCommand(GlobalOptions options) {
    super(options, Grid.class, Map.of());
  }

  @Override
  @Nullable Path file() {
    return grid == null ? super.file() : grid;
  }

  @Override
  void run(Grid configuration, PluginRegistry registry, Settings settings) {
    Ranges.check("--jobs", jobs, 0, 4096);
    Ranges.check("--threads", threads, 1, 4096);
    Ranges.check("--memory", memory, 0, 1 << 20);
    Path out = folder;
    if (out == null) {
      // Not told to the parser, which would want it of 'experiment merge' twice.
      throw ZepadException.usage("Missing option: '--out=DIR', the folder of the experiment.");
    }
    Long seed = options().seed();
    Experiment experiment =
        new Experiment(
            registry,
            settings,
            seed == null ? configuration : configuration.withSeeds(List.of(seed)),
            out);
    if (job != null) {
      ParentWatch.start();
      experiment.run(job);
      return;
    }
    Shard part = Shard.parse(shard);
    int processes = new Capacity(threads, memory).processes(jobs);
    Outlook outlook = experiment.outlook(part, processes);
    if (planOnly) {
      print(ExperimentResults.outlook(outlook), ExperimentResults.text(outlook));
      return;
    }
    if (!options().json()) {
      options().err().println(ExperimentResults.text(outlook));
    }
    requireRoom(outlook);
    Map<String, JobFailure> failed = run(experiment, out, part, processes);
    ExperimentResult result = experiment.report();
    ExperimentResults.print(options(), result, failed, out);
    if (!failed.isEmpty()) {
      throw failure(failed);
    }
  }

  private Map<String, JobFailure> run(Experiment experiment, Path out, Shard part, int processes) {
    JobLauncher launcher = ChildJobs.launcher(originalArguments(), threads, experiment, out);
    try {
      return experiment.run(part, launcher, processes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ZepadException.environment(
          "The experiment was interrupted; repeat the command to go on.", e);
    }
  }

  private List<String> originalArguments() {
    return spec == null ? List.of() : spec.root().commandLine().getParseResult().originalArgs();
  }

  private static void requireRoom(Outlook outlook) {
    if (outlook.bytes() > outlook.free()) {
      throw ZepadException.environment(
          "The experiment needs some "
              + (outlook.bytes() >> 20)
              + " MiB on disk and "
              + (outlook.free() >> 20)
              + " MiB are free. Make room, or choose another --out.",
          null);
    }
  }

  private static ZepadException failure(Map<String, JobFailure> failed) {
    int exitCode = failed.values().stream().mapToInt(JobFailure::exitCode).max().orElse(70);
    String message =
        failed.size()
            + " jobs failed (see above, and their logs); what they would have given is missing from"
            + " the report. Repeat the command to try them again.";
    for (ZepadException.Kind kind : ZepadException.Kind.values()) {
      if (kind.exitCode() == exitCode) {
        return new ZepadException(kind, message, null);
      }
    }
    return ZepadException.environment(message, null);
  }
}
