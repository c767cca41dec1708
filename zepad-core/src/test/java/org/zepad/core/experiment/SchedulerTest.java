package org.zepad.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.core.pipeline.AdaptConfig;
import org.zepad.core.pipeline.Choice;
import org.zepad.core.pipeline.HardenConfig;

class SchedulerTest {
  private static final GridAttack ATTACK =
      new GridAttack("noise", new Choice("sign-noise", Map.of()), Against.VICTIM);

  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  private static Job.Harden harden(String id, String tuning) {
    Choice none = new Choice("none", Map.of());
    return new Job.Harden(
        id, 1, id, new HardenConfig(List.of(), none, TestGrids.DATA, none, none), tuning, 10);
  }

  private static Job.Adapt adapt(Job.Harden bundle) {
    AdaptConfig task = TestGrids.TASK;
    return new Job.Adapt("adapt-" + bundle.id(), 1, bundle, task, 5);
  }

  private static Job.Measure measure(Job.Adapt target, Job.Adapt... models) {
    List<Job.Cell> cells = new ArrayList<>();
    for (Job.Adapt model : models) {
      cells.add(new Job.Cell("cell-" + model.id(), model));
    }
    return new Job.Measure("measure", 1, "victim", ATTACK, TestGrids.TASK, null, target, cells, 1);
  }

  private Map<String, JobFailure> run(JobLauncher launcher, int parallel, Job... jobs)
      throws InterruptedException {
    return new Scheduler(
            job -> {
              order.add(job.id());
              launcher.run(job);
            },
            parallel,
            Progress.silent())
        .run(List.of(jobs), Set.of());
  }

  @Test
  void aJobComesAfterWhatItNeeds() throws Exception {
    Job.Harden a = harden("a", "t");
    Job.Adapt adapted = adapt(a);
    assertThat(run(job -> {}, 4, a, adapted, measure(adapted, adapted))).isEmpty();
    assertThat(order).containsExactly("a", "adapt-a", "measure");
  }

  @Test
  void aFailureTakesDownOnlyWhatNeedsIt() throws Exception {
    Job.Harden good = harden("good", "1");
    Job.Harden bad = harden("bad", "2");
    Job.Adapt first = adapt(good);
    Job.Adapt second = adapt(bad);
    Map<String, JobFailure> failed =
        run(
            job -> {
              if (job.id().equals("bad")) {
                throw new JobFailure(3, "the weights are damaged");
              }
            },
            2,
            good,
            bad,
            first,
            second,
            measure(first, first, second));
    assertThat(failed).containsOnlyKeys("bad", "adapt-bad");
    assertThat(failed.get("adapt-bad"))
        .hasMessage("not begun: it needs bad, which failed")
        .extracting(JobFailure::exitCode)
        .isEqualTo(3);
    assertThat(order).contains("measure").doesNotContain("adapt-bad");
  }

  @Test
  void aLauncherThatBreaksIsAFailureOfItsJob() throws Exception {
    Map<String, JobFailure> failed =
        run(
            job -> {
              throw new IllegalStateException("broken");
            },
            1,
            harden("a", "t"));
    assertThat(failed.get("a").exitCode()).isEqualTo(70);
    assertThat(failed.get("a")).hasMessageContaining("broken");
  }

  @Test
  void jobsRunAtOnceButNotTwoOfOneLock() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger sharing = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Map<String, JobFailure> failed =
        run(
            job -> {
              if (job.lock().equals("shared")) {
                most.accumulateAndGet(sharing.incrementAndGet(), Math::max);
                Thread.sleep(20);
                sharing.decrementAndGet();
              } else {
                both.countDown();
                // Ends only if the other one runs at the same time.
                assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
              }
            },
            3,
            harden("x", "1"),
            harden("y", "2"),
            harden("p", "shared"),
            harden("q", "shared"));
    assertThat(failed).isEmpty();
    assertThat(most).hasValue(1);
  }

  @Test
  void whatIsDoneIsNotDoneAgain() throws Exception {
    Job.Harden a = harden("a", "t");
    Job.Adapt adapted = adapt(a);
    Map<String, JobFailure> failed =
        new Scheduler(job -> order.add(job.id()), 1, Progress.silent())
            .run(List.of(adapted), Set.of("a"));
    assertThat(failed).isEmpty();
    assertThat(order).containsExactly("adapt-a");
  }
}
