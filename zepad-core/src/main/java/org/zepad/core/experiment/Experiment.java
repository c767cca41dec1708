package org.zepad.core.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.zepad.api.ZepadException;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.WorkLock;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;

/**
 * A grid of experiments in a folder. It is planned, done by jobs that may run in several processes,
 * continues where a killed one stopped, and is put together into a report. Products are found again
 * by what they were made of, so a grid that grows redoes nothing.
 */
public final class Experiment {
  private final Settings settings;
  private final ExperimentFolder folder;
  private final Grid grid;
  private final List<Job> plan;
  private final JobWork work;

  /**
   * Plans; nothing is written.
   *
   * @param settings data, device and progress; the seeds are the grid's
   * @param out the folder of the experiment
   * @throws ZepadException if an encoder or a data set is not there
   */
  public Experiment(PluginRegistry plugins, Settings settings, Grid grid, Path out) {
    this.settings = settings;
    this.folder = new ExperimentFolder(out);
    this.grid = grid;
    this.plan = new Planner(plugins, new Costs(plugins, settings)).plan(grid);
    this.work = new JobWork(plugins, settings, folder, grid.batchSize());
  }

  /** All jobs, each after those that it needs. */
  public List<Job> plan() {
    return plan;
  }

  /** Does one job in this process. */
  public void run(Job job) {
    work.run(job);
  }

  /**
   * Does one job in this process, for another that leads the experiment.
   *
   * @throws ZepadException of kind USAGE if the plan has no such job
   */
  public void run(String id) {
    run(
        plan.stream()
            .filter(job -> job.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    ZepadException.usage(
                        "The experiment has no job '" + id + "': its files have changed.")));
  }

  /**
   * What is to be done.
   *
   * @param processes how many jobs at once
   */
  public Outlook outlook(Shard shard, int processes) {
    return new Forecast(folder, settings, work).of(shard.of(plan), processes);
  }

  /**
   * Does what is left of a shard. Failed jobs are told and do not stop the others.
   *
   * @param launcher does one job
   * @param processes how many at once
   * @return the jobs that failed, by id
   * @throws ZepadException of kind ENVIRONMENT if another process works on this folder
   * @throws InterruptedException if the thread is interrupted
   */
  public Map<String, JobFailure> run(Shard shard, JobLauncher launcher, int processes)
      throws InterruptedException {
    try (WorkLock lock = WorkLock.of(folder.root())) {
      List<Job> jobs = shard.of(plan);
      Set<String> done =
          jobs.stream().filter(folder::done).map(Job::id).collect(Collectors.toSet());
      List<Job> left = jobs.stream().filter(job -> !done.contains(job.id())).toList();
      Map<String, JobFailure> failed =
          new Scheduler(launcher, processes, settings.progress()).run(left, done);
      if (failed.isEmpty() && shard.equals(Shard.WHOLE)) {
        AtomicFiles.delete(folder.work());
      }
      return failed;
    }
  }

  /**
   * Puts together what there is, and writes it: {@code report.json}, {@code report.html}, {@code
   * summary.csv} and {@code cells.csv}.
   *
   * @return the same
   */
  public ExperimentResult report() {
    return new ExperimentWriter(settings, grid, plan, folder).write();
  }

  /**
   * Takes the products of other folders in which shards of this experiment were done.
   *
   * @param shards their folders
   * @throws ZepadException of kind INPUT if a folder has no cells
   */
  public void merge(List<Path> shards) {
    try (WorkLock lock = WorkLock.of(folder.root())) {
      shards.forEach(shard -> new ExperimentFolder(shard).copyTo(folder));
    }
  }
}
