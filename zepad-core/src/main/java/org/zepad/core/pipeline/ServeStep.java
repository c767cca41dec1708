package org.zepad.core.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.onnx.OnnxExport;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.RuntimeOptions;
import org.zepad.core.runtime.ZepadClassifier;
import org.zepad.core.serve.InferenceServer;
import org.zepad.core.serve.ServeOptions;

/** Serves an exported model, or a bundle, which is exported first where that was not done. */
public final class ServeStep {
  private final Supplier<PluginRegistry> plugins;
  private final Supplier<Settings> settings;
  private final Progress progress;

  /**
   * The step.
   *
   * @param plugins asked only for a bundle that must be exported
   * @param settings likewise
   */
  public ServeStep(
      Supplier<PluginRegistry> plugins, Supplier<Settings> settings, Progress progress) {
    this.plugins = plugins;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * A model that is served until it is closed.
   *
   * @param server which the classifier outlives
   */
  public record Service(ZepadClassifier classifier, InferenceServer server)
      implements AutoCloseable {
    @Override
    public void close() {
      server.close();
      classifier.close();
    }
  }

  /**
   * Loads a model and starts to listen.
   *
   * @param model a bundle, or a file that was exported
   * @param version of this program, for clients that ask
   * @throws ZepadException of kind USAGE if there is no such task, or the bundle cannot be
   *     exported; of kind INPUT if the model is damaged; of kind ENVIRONMENT if it cannot listen
   *     there
   */
  public Service start(Path model, ServeOptions options, RuntimeOptions device, String version) {
    ZepadClassifier classifier = load(model, options.task(), device);
    try {
      return new Service(classifier, InferenceServer.start(classifier, options, version));
    } catch (RuntimeException e) {
      classifier.close();
      throw e;
    }
  }

  private ZepadClassifier load(Path model, String task, RuntimeOptions device) {
    if (!Files.isDirectory(model)) {
      return ZepadClassifier.load(model, device);
    }
    BundleManifest manifest = Bundle.inspect(model, Set.of(ExportStep.PATH));
    List<TaskInfo> tasks =
        task.isEmpty()
            ? manifest.tasks().stream().map(OnnxExport::info).toList()
            : List.of(OnnxExport.task(manifest, task, model));
    ExportedModel exported = ExportedModel.load(model, manifest, tasks, device);
    if (exported.classifier() != null) {
      return exported.classifier();
    }
    Path file = model.resolve(ExportStep.PATH);
    progress.message(exported.problem() + ": exporting it to " + file);
    new ExportStep(plugins.get(), settings.get()).run(model, ExportStep.Order.STANDARD);
    return ZepadClassifier.load(file, device);
  }
}
