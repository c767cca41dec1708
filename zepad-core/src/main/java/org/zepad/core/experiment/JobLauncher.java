package org.zepad.core.experiment;

/** Does one job, in this process or in one of its own. */
@FunctionalInterface
public interface JobLauncher {

  /**
   * Does a job to its end. Called by several threads at once.
   *
   * @throws JobFailure if the job did not end well
   * @throws InterruptedException if the experiment is given up
   */
  void run(Job job) throws JobFailure, InterruptedException;
}
