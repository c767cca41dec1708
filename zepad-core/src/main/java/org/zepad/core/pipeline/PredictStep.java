package org.zepad.core.pipeline;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.picture.Pictures;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.data.Split;
import org.zepad.core.data.TensorBatches;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.evaluate.FusedModel;
import org.zepad.core.plugin.PluginRegistry;

/** Classifies picture files with a bundle, and says which look like adversarial examples. */
public final class PredictStep {
  private static final int CHUNK = 64;

  private final PluginRegistry plugins;
  private final Settings settings;

  /** The step over these plugins. */
  public PredictStep(PluginRegistry plugins, Settings settings) {
    this.plugins = plugins;
    this.settings = settings;
  }

  /**
   * Predicts. A picture that cannot be read is reported as such and does not stop the others.
   *
   * @param folder the bundle
   * @param task one of its tasks; empty: its only one
   * @param files the pictures, of any size
   * @param consumer gets the predictions in the order of the files
   * @throws ZepadException of kind USAGE if the bundle has no such task, or several and none is
   *     named
   */
  public void run(Path folder, String task, List<Path> files, Consumer<Prediction> consumer) {
    try (RunContext context = settings.context(folder.resolveSibling("none"));
        Bundle bundle = Bundle.open(folder, plugins, context)) {
      String name = task.isEmpty() ? onlyTask(folder, bundle.manifest()) : task;
      Model model =
          new Model(
              bundle.model(name),
              bundle.classes(name),
              bundle.threshold(name),
              bundle.branches().stream()
                  .mapToInt(b -> b.encoder().info().preprocessing().size())
                  .max()
                  .orElseThrow());
      settings.progress().start("predicting", Math.max(1, files.size()));
      for (int from = 0; from < files.size(); from += CHUNK) {
        int to = Math.min(files.size(), from + CHUNK);
        chunk(files.subList(from, to), model, context, consumer);
        settings.progress().update(to, "");
      }
    }
  }

  private record Model(
      FusedModel fused, List<String> classes, DetectionThreshold threshold, int size) {}

  private static String onlyTask(Path folder, BundleManifest manifest) {
    List<String> tasks = manifest.tasks().stream().map(BundleManifest.TaskEntry::name).toList();
    if (tasks.size() != 1) {
      throw ZepadException.usage(
          tasks.isEmpty()
              ? "the bundle " + folder + " has no task yet; adapt it first"
              : "the bundle " + folder + " has the tasks " + tasks + "; name one with --task");
    }
    return tasks.get(0);
  }

  private static void chunk(
      List<Path> files, Model model, RunContext context, Consumer<Prediction> consumer) {
    List<Prediction> results = new ArrayList<>();
    List<RgbImage> images = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (Path file : files) {
      try {
        images.add(Pictures.read(file));
        places.add(results.size());
        results.add(Prediction.unreadable(file, "not predicted"));
      } catch (ZepadException e) {
        results.add(Prediction.unreadable(file, String.valueOf(e.getMessage())));
      }
    }
    Images set = images(images);
    new TensorBatches(set, Split.all(set), model.classes().size(), model.size(), context.manager())
        .forEach(
            CHUNK, OptionalLong.empty(), batch -> predict(batch, model, files, places, results));
    results.forEach(consumer);
  }

  private static void predict(
      ImageBatches.Batch batch,
      Model model,
      List<Path> files,
      List<Integer> places,
      List<Prediction> results) {
    DefenceTarget.Output output = model.fused().forward(batch.images());
    NDArray probabilities = output.fused().logits().softmax(1);
    float[] scores = output.detection().toFloatArray();
    for (int i = 0; i < scores.length; i++) {
      float[] row = probabilities.get(i).toFloatArray();
      int best = 0;
      for (int c = 1; c < row.length; c++) {
        best = row[c] > row[best] ? c : best;
      }
      List<Double> confidences = new ArrayList<>();
      for (float confidence : output.fused().confidences().get(i).toFloatArray()) {
        confidences.add((double) confidence);
      }
      int place = places.get(batch.indices()[i]);
      results.set(
          place,
          new Prediction(
              files.get(place),
              model.classes().get(best),
              row[best],
              confidences,
              scores[i],
              model.threshold().flags(scores[i]),
              null));
    }
  }

  private static Images images(List<RgbImage> images) {
    return new Images() {
      @Override
      public int size() {
        return images.size();
      }

      @Override
      public int label(int index) {
        return 0;
      }

      @Override
      public RgbImage image(int index) {
        return images.get(index);
      }
    };
  }
}
