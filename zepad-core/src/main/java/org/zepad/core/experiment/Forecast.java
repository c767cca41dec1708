package org.zepad.core.experiment;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.zepad.core.pipeline.Settings;

/**
 * Tells how long the jobs that are left will take and how much they will write. Jobs of a kind that
 * has been done here are told by those; others by how fast an encoder is on this machine.
 */
final class Forecast {
  private final ExperimentFolder folder;
  private final Settings settings;
  private final JobWork work;

  Forecast(ExperimentFolder folder, Settings settings, JobWork work) {
    this.folder = folder;
    this.settings = settings;
    this.work = work;
  }

  Outlook of(List<Job> jobs, int processes) {
    List<Job> left = jobs.stream().filter(job -> !folder.done(job)).toList();
    int cells = jobs.stream().mapToInt(Forecast::cells).sum();
    long shared = jobs.stream().filter(job -> !(job instanceof Job.Measure)).count();
    double seconds = left.isEmpty() ? 0 : seconds(jobs, left);
    return new Outlook(
        jobs.size(),
        jobs.size() - left.size(),
        cells,
        (int) shared,
        Duration.ofSeconds(Math.round(seconds / processes)),
        left.stream().mapToLong(work::bytes).sum(),
        folder.free(),
        processes);
  }

  private static int cells(Job job) {
    return job instanceof Job.Measure measure ? measure.cells().size() : 0;
  }

  private double seconds(List<Job> jobs, List<Job> left) {
    settings.progress().message("measuring how fast an encoder is here");
    double pass = work.secondsPerPass(left.get(0));
    double sum = 0;
    for (Job job : left) {
      double passes = 0;
      double took = 0;
      for (Job other : jobs) {
        OptionalDouble known =
            other.getClass() == job.getClass() ? folder.seconds(other) : OptionalDouble.empty();
        if (known.isPresent()) {
          passes += other.passes();
          took += known.getAsDouble();
        }
      }
      sum += JobWork.START_SECONDS + job.passes() * (passes > 0 ? took / passes : pass);
    }
    return sum;
  }
}
