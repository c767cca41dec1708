package org.zepad.core.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.data.PictureFiles;
import org.zepad.core.data.PictureFiles.Picture;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.onnx.OnnxExport;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.Classification;
import org.zepad.core.runtime.RuntimeOptions;
import org.zepad.core.runtime.ZepadClassifier;

/**
 * Classifies picture files, and says which look like adversarial examples. An exported model, or a
 * bundle that holds one of its present state, is run by ONNX Runtime; the training engine is then
 * not even loaded. Any other bundle is run by the training engine.
 */
public final class PredictStep {
  private static final int BATCH = 32;

  private final Supplier<PluginRegistry> plugins;
  private final Supplier<Settings> settings;
  private final Progress progress;

  /**
   * The step.
   *
   * @param plugins asked for only where the training engine computes
   * @param settings likewise
   * @param progress where to say how far the work is, and what computes
   */
  public PredictStep(
      Supplier<PluginRegistry> plugins, Supplier<Settings> settings, Progress progress) {
    this.plugins = plugins;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Predicts. A picture that cannot be read is reported as such and does not stop the others.
   *
   * @param model an exported file, or a bundle's folder
   * @param task one of its tasks; empty: its only one
   * @param files the pictures, of any size
   * @param device where an exported model runs
   * @param consumer gets the predictions in the order of the files
   * @throws ZepadException of kind USAGE if there is no such task, or several and none is named
   */
  public void run(
      Path model,
      String task,
      List<Path> files,
      RuntimeOptions device,
      PredictionConsumer consumer) {
    try (PictureModel opened = open(model, task, device)) {
      progress.message("predicting with " + opened.engine());
      consumer.start(opened.task().classes(), opened.branches());
      progress.start("predicting", Math.max(1, files.size()));
      long started = System.nanoTime();
      int[] done = {0};
      PictureFiles.forEach(
          files,
          opened.size(),
          BATCH,
          pictures -> {
            predict(pictures, opened, consumer);
            done[0] += pictures.size();
            progress.update(done[0], speed(done[0], started));
          });
    }
  }

  private static String speed(int done, long started) {
    double seconds = Math.max(1e-9, (System.nanoTime() - started) / 1e9);
    return String.format(Locale.ROOT, "%.0f pictures/s", done / seconds);
  }

  private static void predict(
      List<Picture> pictures, PictureModel model, PredictionConsumer consumer) {
    List<RgbImage> images = pictures.stream().map(Picture::image).filter(Objects::nonNull).toList();
    List<Classification> seen = images.isEmpty() ? List.of() : model.classify(images);
    int next = 0;
    for (Picture picture : pictures) {
      boolean readable = picture.image() != null;
      consumer.accept(
          new Prediction(picture.file(), readable ? seen.get(next) : null, picture.problem()));
      next += readable ? 1 : 0;
    }
  }

  private PictureModel open(Path model, String task, RuntimeOptions device) {
    if (!Files.isDirectory(model)) {
      return runtime(ZepadClassifier.load(model, device), task);
    }
    BundleManifest manifest = Bundle.inspect(model, Set.of(ExportStep.PATH));
    TaskInfo chosen = OnnxExport.task(manifest, task, model);
    ExportedModel exported = ExportedModel.load(model, manifest, List.of(chosen), device);
    if (exported.classifier() != null) {
      return runtime(exported.classifier(), chosen.name());
    }
    String reason = exported.problem() + "; run 'zepad export'";
    return EngineModel.open(model, chosen, plugins.get(), settings.get(), reason);
  }

  private static RuntimeModel runtime(ZepadClassifier classifier, String task) {
    try {
      return new RuntimeModel(classifier, classifier.info().task(task));
    } catch (ZepadException e) {
      classifier.close();
      throw e;
    }
  }
}
