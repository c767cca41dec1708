package org.zepad.core.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final BatchQueue<Image, List<Scores>> queue;

  /**
   * An image that waits.
   *
   * @param tasks for which it is wanted
   */
  private record Image(byte[] planes, List<TaskInfo> tasks) {}

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
            images -> compute(classifier, images),
            metrics);
  }

  // Tasks share their encoders, and a head costs next to nothing: what any image of the batch is
  // wanted for is computed for all of them, in one run.
  private static List<List<Scores>> compute(ZepadClassifier classifier, List<Image> images) {
    int size = classifier.info().size();
    int each = images.get(0).planes().length;
    byte[] pixels = new byte[Math.multiplyExact(each, images.size())];
    Set<TaskInfo> wanted = new LinkedHashSet<>();
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).planes(), 0, pixels, i * each, each);
      wanted.addAll(images.get(i).tasks());
    }
    List<TaskInfo> tasks = List.copyOf(wanted);
    List<Outputs> outputs = classifier.outputs(tasks, pixels, images.size(), size, size);
    List<List<Scores>> scores = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      List<Scores> own = new ArrayList<>();
      for (TaskInfo task : images.get(i).tasks()) {
        own.add(Scores.of(outputs.get(tasks.indexOf(task)), i));
      }
      scores.add(own);
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

  /** What an image takes that {@linkplain #fit fits}. */
  long imageBytes() {
    return 3L * info.size() * info.size();
  }

  /** An image as the queue takes it: made as large as the model's, by the training's resampling. */
  byte[] fit(RgbImage image) {
    return ResizedImages.resize(image, info.size(), Fit.STRETCH).planes();
  }

  /**
   * Computes, together with what else comes in meanwhile.
   *
   * @param wanted tasks that are served
   * @param images that {@linkplain #fit fit}, one to {@link #capacity}
   * @return for each task its numbers, in the order of the images
   * @throws HttpProblem if the queue has no room for them, or they take too long
   */
  Map<TaskInfo, List<Scores>> scores(List<TaskInfo> wanted, List<byte[]> images) {
    List<List<Scores>> all =
        await(
            offer(images.stream().map(planes -> new Image(planes, wanted)).toList())
                .orElseThrow(() -> HttpProblem.busy("too many images wait already; try again")));
    Map<TaskInfo, List<Scores>> byTask = new LinkedHashMap<>();
    for (int t = 0; t < wanted.size(); t++) {
      TaskInfo task = wanted.get(t);
      int column = t;
      List<Scores> own = all.stream().map(scores -> scores.get(column)).toList();
      own.forEach(s -> metrics.classified(task.name(), task.detection().flags(s.score())));
      byTask.put(task, own);
    }
    return byTask;
  }

  private Optional<List<CompletableFuture<List<Scores>>>> offer(List<Image> images) {
    try {
      return queue.offer(images);
    } catch (IllegalStateException e) {
      throw HttpProblem.unavailable("the server is shutting down");
    }
  }

  private <T> List<T> await(List<CompletableFuture<T>> results) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<T> all = new ArrayList<>();
    try {
      for (CompletableFuture<T> result : results) {
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
