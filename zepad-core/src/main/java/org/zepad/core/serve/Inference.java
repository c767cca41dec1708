package org.zepad.core.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.data.Fit;
import org.zepad.core.data.ResizedImages;
import org.zepad.core.onnx.ModelInfo;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.runtime.Classification;
import org.zepad.core.runtime.Outputs;
import org.zepad.core.runtime.ZepadClassifier;

/** The model behind its queue. Thread-safe. */
final class Inference implements AutoCloseable {
  private final ModelInfo info;
  private final List<TaskInfo> tasks;
  private final Duration patience;
  private final Metrics metrics;
  private final BatchQueue<byte[], Scores> queue;

  /**
   * A model.
   *
   * @param classifier stays the caller's
   * @throws org.zepad.api.ZepadException of kind USAGE if there is no such task
   */
  Inference(ZepadClassifier classifier, ServeOptions options, Metrics metrics) {
    info = classifier.info();
    tasks = options.task().isEmpty() ? info.tasks() : List.of(info.task(options.task()));
    patience = options.patience();
    this.metrics = metrics;
    queue =
        new BatchQueue<>(
            options.maxBatch(),
            options.maxDelay(),
            options.queue(),
            (task, images) -> compute(classifier, task, images),
            metrics);
  }

  private static List<Scores> compute(
      ZepadClassifier classifier, String task, List<byte[]> images) {
    int size = classifier.info().size();
    int each = images.get(0).length;
    byte[] pixels = new byte[Math.multiplyExact(each, images.size())];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i), 0, pixels, i * each, each);
    }
    Outputs outputs = classifier.outputs(task, pixels, images.size(), size, size);
    List<Scores> scores = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      scores.add(new Scores(outputs.logits()[i], outputs.confidences()[i], outputs.scores()[i]));
    }
    return scores;
  }

  ModelInfo info() {
    return info;
  }

  /** The tasks that are served. */
  List<TaskInfo> tasks() {
    return tasks;
  }

  /**
   * A task that is served.
   *
   * @param name empty: the only one
   * @throws HttpProblem if there is none
   */
  TaskInfo task(String name) {
    List<String> names = tasks.stream().map(TaskInfo::name).toList();
    if (name.isEmpty() && tasks.size() != 1) {
      throw HttpProblem.malformed("the model has the tasks " + names + "; name one with ?task=");
    }
    return tasks.stream()
        .filter(task -> name.isEmpty() || task.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                HttpProblem.malformed(
                    "there is no task '" + name + "' here; the tasks are " + names));
  }

  /** Images that wait. */
  int queued() {
    return queue.size();
  }

  int capacity() {
    return queue.capacity();
  }

  /** An image as the queue takes it: made as large as the model's, by the training's resampling. */
  byte[] fit(RgbImage image) {
    return ResizedImages.resize(image, info.size(), Fit.STRETCH).planes();
  }

  /**
   * Computes, together with what else comes in meanwhile.
   *
   * @param wanted tasks that are served
   * @param images that {@linkplain #fit fit}, at least one
   * @return for each task its numbers, in the order of the images
   * @throws HttpProblem if the queue has no room for them, or they take too long
   */
  Map<TaskInfo, List<Scores>> scores(List<TaskInfo> wanted, List<byte[]> images) {
    long needed = (long) wanted.size() * images.size();
    if (needed > queue.capacity()) {
      throw HttpProblem.tooLarge(
          needed + " images at once; at most " + queue.capacity() + " are taken");
    }
    List<CompletableFuture<Scores>> results =
        offer(wanted, images)
            .orElseThrow(() -> HttpProblem.busy("too many images wait already; try again"));
    List<Scores> all = await(results);
    Map<TaskInfo, List<Scores>> byTask = new LinkedHashMap<>();
    for (int t = 0; t < wanted.size(); t++) {
      TaskInfo task = wanted.get(t);
      List<Scores> own = all.subList(t * images.size(), (t + 1) * images.size());
      own.forEach(s -> metrics.classified(task.name(), task.detection().flags(s.score())));
      byTask.put(task, own);
    }
    return byTask;
  }

  private Optional<List<CompletableFuture<Scores>>> offer(
      List<TaskInfo> wanted, List<byte[]> images) {
    try {
      return queue.offer(wanted.stream().map(TaskInfo::name).toList(), images);
    } catch (IllegalStateException e) {
      throw HttpProblem.unavailable("the server is shutting down");
    }
  }

  private List<Scores> await(List<CompletableFuture<Scores>> results) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<Scores> all = new ArrayList<>();
    try {
      for (CompletableFuture<Scores> result : results) {
        long left = Math.max(0, deadline - System.nanoTime());
        all.add(result.get(left, TimeUnit.NANOSECONDS));
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a batch failed", e.getCause());
    } catch (TimeoutException e) {
      throw HttpProblem.unavailable(
          "the model took more than " + patience.toSeconds() + " s; try again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HttpProblem.unavailable("the server is shutting down");
    } finally {
      // What nobody waits for any more is not computed.
      results.forEach(result -> result.cancel(false));
    }
  }

  /** Scores as classes and a verdict. */
  static Classification classification(TaskInfo task, Scores scores) {
    return Classification.of(task, scores.logits(), scores.confidences(), scores.score());
  }

  /** Computes what waits and takes nothing more. */
  @Override
  public void close() {
    queue.close();
  }
}
