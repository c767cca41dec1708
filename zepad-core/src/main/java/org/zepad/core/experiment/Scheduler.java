package org.zepad.core.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.zepad.api.Progress;

/**
 * Does jobs, several at once, each as soon as what it needs is there. A job that fails takes down
 * only those that need it.
 */
final class Scheduler {
  private static final long PERCENT = 100;

  private final JobLauncher launcher;
  private final int parallel;
  private final Progress progress;

  Scheduler(JobLauncher launcher, int parallel, Progress progress) {
    this.launcher = launcher;
    this.parallel = parallel;
    this.progress = progress;
  }

  /**
   * Does all of them that can be done.
   *
   * @param jobs to be done, each after those that it needs
   * @param done ids of what is there already
   * @return the jobs that failed or could not start, by id, in the order of the jobs
   * @throws InterruptedException if the thread is interrupted; running jobs are given up
   */
  Map<String, JobFailure> run(List<Job> jobs, Set<String> done) throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(parallel);
    try {
      return new Run(jobs, done, workers).loop();
    } finally {
      workers.shutdownNow();
    }
  }

  private record Ended(Job job, @Nullable JobFailure failure) {}

  private final class Run {
    private final Set<Job> waiting;
    private final Set<String> done;
    private final ExecutorService workers;
    private final Map<String, JobFailure> failed = new LinkedHashMap<>();
    private final Map<String, Job> running = new LinkedHashMap<>();
    private final Set<String> locks = new HashSet<>();
    private final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();
    private final double total;
    private final int count;
    private double passes;
    private int ended;

    Run(List<Job> jobs, Set<String> done, ExecutorService workers) {
      this.waiting = new LinkedHashSet<>(jobs);
      this.done = new HashSet<>(done);
      this.workers = workers;
      this.total = Math.max(1, jobs.stream().mapToDouble(Job::passes).sum());
      this.count = jobs.size();
    }

    Map<String, JobFailure> loop() throws InterruptedException {
      if (count > 0) {
        progress.start("experiment, % of the work", PERCENT);
      }
      while (!waiting.isEmpty() || !running.isEmpty()) {
        startWhatCan();
        if (!running.isEmpty()) {
          end(ends.take());
        } else if (!waiting.isEmpty()) {
          throw new IllegalStateException("what these jobs wait for is in no plan: " + waiting);
        }
      }
      return failed;
    }

    private void startWhatCan() {
      giveUpWhatCannot();
      while (running.size() < parallel) {
        Optional<Job> next = waiting.stream().filter(this::canStart).findFirst();
        if (next.isEmpty()) {
          return;
        }
        start(next.get());
      }
    }

    private boolean canStart(Job job) {
      return !locks.contains(job.lock())
          && job.needs().stream().allMatch(need -> done.contains(need.id()))
          && job.after().stream().allMatch(this::hasEnded);
    }

    private boolean hasEnded(Job job) {
      return done.contains(job.id()) || failed.containsKey(job.id());
    }

    /** Of what needs a job that failed, nothing is begun; it tells the first cause. */
    private void giveUpWhatCannot() {
      for (Job job : new ArrayList<>(waiting)) {
        for (Job need : job.needs()) {
          JobFailure cause = failed.get(need.id());
          if (cause != null && waiting.remove(job)) {
            String reason = "not begun: it needs " + need.id() + ", which failed";
            failed.put(job.id(), new JobFailure(cause.exitCode(), reason));
            count(job);
          }
        }
      }
    }

    private void start(Job job) {
      waiting.remove(job);
      running.put(job.id(), job);
      locks.add(job.lock());
      workers.execute(
          () -> {
            try {
              launcher.run(job);
              ends.add(new Ended(job, null));
            } catch (JobFailure e) {
              ends.add(new Ended(job, e));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              ends.add(new Ended(job, new JobFailure(4, "interrupted")));
            } catch (RuntimeException | Error e) {
              ends.add(new Ended(job, new JobFailure(70, e.toString())));
            }
          });
      show();
    }

    private void end(Ended one) {
      Job job = one.job();
      running.remove(job.id());
      locks.remove(job.lock());
      if (one.failure() == null) {
        done.add(job.id());
      } else {
        failed.put(job.id(), one.failure());
        progress.message(job.id() + " failed: " + one.failure().getMessage());
      }
      count(job);
      show();
    }

    private void count(Job job) {
      passes += job.passes();
      ended++;
    }

    private void show() {
      long percent =
          ended == count ? PERCENT : Math.min(PERCENT - 1, Math.round(PERCENT * passes / total));
      progress.update(
          percent,
          ended + " of " + count + " jobs" + (running.isEmpty() ? "" : ", at work: " + names()));
    }

    private String names() {
      return String.join(", ", running.keySet());
    }
  }
}
