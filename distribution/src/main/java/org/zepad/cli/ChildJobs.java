package org.zepad.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.zepad.api.ZepadException;
import org.zepad.core.experiment.Experiment;
import org.zepad.core.experiment.Job;
import org.zepad.core.experiment.JobFailure;
import org.zepad.core.experiment.JobLauncher;

/**
 * Does each job of an experiment in a process of its own, with a fixed number of threads: a crash
 * takes nothing else down, and results do not depend on how many run at once.
 */
final class ChildJobs implements JobLauncher {
  private static final String ERROR = "zepad: ";
  private static final int INTERNAL = 70;

  private final List<String> command;
  private final int threads;
  private final Path logs;

  private ChildJobs(List<String> command, int threads, Path logs) {
    this.command = command;
    this.threads = threads;
    this.logs = logs;
  }

  /**
   * A launcher of this very program with the arguments it was called with; where it does not run
   * from its own folder, jobs are done in this process.
   */
  static JobLauncher launcher(
      List<String> arguments, int threads, Experiment experiment, Path out) {
    String home = System.getProperty("zepad.home");
    if (home == null) {
      return job -> inProcess(experiment, job);
    }
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    List<String> command = new ArrayList<>();
    command.add(Path.of(home, "bin", windows ? "zepad.bat" : "zepad").toString());
    command.addAll(arguments);
    return new ChildJobs(command, threads, out.resolve("logs"));
  }

  private static void inProcess(Experiment experiment, Job job) throws JobFailure {
    try {
      experiment.run(job);
    } catch (ZepadException e) {
      throw new JobFailure(e.kind().exitCode(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void run(Job job) throws JobFailure, InterruptedException {
    Path log = logs.resolve(job.id() + ".txt");
    List<String> own = new ArrayList<>(command);
    own.addAll(List.of("--job", job.id()));
    ProcessBuilder builder =
        new ProcessBuilder(own).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    Process process;
    try {
      Files.createDirectories(logs);
      process = builder.start();
    } catch (IOException e) {
      throw new JobFailure(ZepadException.Kind.ENVIRONMENT.exitCode(), "cannot be started: " + e);
    }
    try {
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new JobFailure(exitCode, reason(exitCode, log));
      }
    } finally {
      end(process);
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /** What the process said of its end, and where the rest is. */
  private static String reason(int exitCode, Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      for (int i = lines.size() - 1; i >= 0; i--) {
        if (lines.get(i).startsWith(ERROR)) {
          String first = lines.get(i).substring(ERROR.length());
          return exitCode == INTERNAL
              ? first + " (see " + log + ")"
              : String.join("\n", lines.subList(i, lines.size())).substring(ERROR.length());
        }
      }
    } catch (IOException e) {
      return "exit code " + exitCode + ", and its log " + log + " cannot be read: " + e;
    }
    return "it ended with exit code "
        + exitCode
        + " and said nothing; it may have been killed for memory (see "
        + log
        + ")";
  }
}
