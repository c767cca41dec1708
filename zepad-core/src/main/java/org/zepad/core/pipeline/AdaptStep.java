package org.zepad.core.pipeline;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zepad.api.RunContext;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.defence.Branch;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.bundle.BundleWriter;
import org.zepad.core.bundle.TaskHeads;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.evaluate.Calibration;
import org.zepad.core.head.FeatureCache;
import org.zepad.core.head.Features;
import org.zepad.core.head.Head;
import org.zepad.core.head.HeadTrainer;
import org.zepad.core.head.TrainedHead;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.WorkLock;
import org.zepad.core.plugin.PluginRegistry;

/** Adapts a bundle to a task: a head for each branch, and the detection threshold. */
public final class AdaptStep {
  private static final int BATCH = 256;

  private final PluginRegistry plugins;
  private final Settings settings;
  private final @Nullable Path features;

  /** The step over these plugins. */
  public AdaptStep(PluginRegistry plugins, Settings settings) {
    this(plugins, settings, null);
  }

  /**
   * The step over these plugins.
   *
   * @param features where features stay for other bundles with the same encoders and images; null:
   *     they go when the step is done
   */
  public AdaptStep(PluginRegistry plugins, Settings settings, @Nullable Path features) {
    this.plugins = plugins;
    this.settings = settings;
    this.features = features;
  }

  /**
   * Trains the heads of a task and puts them into the bundle, continuing what a killed call left in
   * {@code BUNDLE.work}. A task that is there and of this very configuration is left as it is;
   * another one of that name is replaced.
   *
   * @return what the bundle says afterwards
   * @throws org.zepad.api.ZepadException of kind ENVIRONMENT if another process works on the bundle
   */
  public BundleManifest run(AdaptConfig config, Path folder) {
    try (WorkLock lock = WorkLock.of(folder);
        OpenData data = OpenData.open(plugins, config.data(), settings)) {
      Map<String, String> provenance = new LinkedHashMap<>(data.provenance());
      BundleManifest before = Bundle.inspect(folder);
      String identity =
          Identity.of(
              config,
              settings.seed(),
              provenance.toString(),
              before.provenance().getOrDefault(Identity.KEY, ""));
      Optional<BundleManifest.TaskEntry> present = before.task(config.taskName());
      if (present.isPresent() && identity.equals(present.get().provenance().get(Identity.KEY))) {
        return before;
      }
      provenance.put(Identity.KEY, identity);
      provenance.put("configuration", Identity.json(config));
      provenance.put("seed", Long.toString(settings.seed()));
      Path work = folder.resolveSibling(folder.getFileName() + ".work");
      try (RunContext context = settings.context(work.resolve(config.taskName()));
          Bundle bundle = Bundle.open(folder, plugins, context)) {
        BundleWriter.putTask(folder, adapt(config, bundle, data, work, provenance, context));
      }
      AtomicFiles.delete(work);
      return Bundle.inspect(folder);
    }
  }

  private TaskHeads adapt(
      AdaptConfig config,
      Bundle bundle,
      OpenData data,
      Path work,
      Map<String, String> provenance,
      RunContext context) {
    ImageBatches train = data.trainBatches(context.manager());
    ImageBatches validation = data.validationBatches(context.manager());
    String trainPrint = data.trainingFingerprint();
    String validationPrint = data.validationFingerprint();
    FeatureCache cache = FeatureCache.in(features == null ? work.resolve("features") : features);
    Map<String, Head> heads = new HashMap<>();
    for (Branch branch : bundle.branches()) {
      // The head outlives its training, so it gets the step's scope, not one of its own.
      try (Features trainFeatures = cache.features(branch.encoder(), train, trainPrint, context);
          Features validationFeatures =
              cache.features(branch.encoder(), validation, validationPrint, context)) {
        RunContext own = context.child(branch.name());
        TrainedHead trained =
            HeadTrainer.train(trainFeatures, validationFeatures, config.head(), own);
        heads.put(branch.name(), trained.head());
        provenance.put("head-" + branch.name() + "-training", trained.training().toString());
        provenance.put(
            "head-" + branch.name() + "-validation", String.valueOf(trained.validation()));
      }
    }
    DetectionThreshold threshold =
        Calibration.threshold(bundle.model(heads), validation, config.falsePositiveRate(), BATCH);
    return new TaskHeads(config.taskName(), data.classes(), heads, threshold, provenance);
  }
}
