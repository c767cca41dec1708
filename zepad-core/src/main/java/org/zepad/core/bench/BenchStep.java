package org.zepad.core.bench;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.zepad.api.ZepadException;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.RuntimeOptions;
import org.zepad.core.runtime.ZepadClassifier;

/** Measures this machine. All that it writes lies in a temporary folder and is gone afterwards. */
public final class BenchStep {
  private final PluginRegistry plugins;
  private final Settings settings;
  private final RuntimeOptions runtime;

  /**
   * The step over these plugins.
   *
   * @param settings seed, progress, and the training engine's device
   * @param runtime ONNX Runtime's device; its threads are the configuration's
   */
  public BenchStep(PluginRegistry plugins, Settings settings, RuntimeOptions runtime) {
    this.plugins = plugins;
    this.settings = settings;
    this.runtime = runtime;
  }

  /**
   * Measures, part after part. While it runs, nothing else of this process is to compute.
   *
   * @throws ZepadException of kind USAGE if a plugin that is measured is missing or refuses the
   *     sizes; of kind ENVIRONMENT if a device that was asked for cannot be had
   */
  public BenchResult run(BenchConfig config) {
    // Its threads are known when it is loaded.
    Engine.getEngine("PyTorch");
    int before = JniUtils.getNumThreads();
    if (config.threads() > 0) {
      JniUtils.setNumThreads(config.threads());
    }
    try (BenchModel model = BenchModel.create(config, plugins, settings)) {
      return new Run(model).measure();
    } finally {
      JniUtils.setNumThreads(before);
    }
  }

  /** The parts of one call. */
  private final class Run {
    private final BenchModel model;
    private final BenchConfig config;
    private final Stopwatch watch = new Stopwatch(settings.progress());
    private final Map<BenchPart, List<InferenceRate>> rates = new EnumMap<>(BenchPart.class);
    private Optional<String> device = Optional.empty();
    private OptionalLong flops = OptionalLong.empty();
    private Optional<ServeFigures> serve = Optional.empty();

    Run(BenchModel model) {
      this.model = model;
      this.config = model.config();
    }

    BenchResult measure() {
      Machine machine = Machine.here(config.threads());
      Map<String, Spread> matmul =
          wanted(BenchPart.MATMUL, () -> new MatmulPart(watch, model).measure()).orElse(Map.of());
      if (config.parts().contains(BenchPart.INFER) || config.parts().contains(BenchPart.SERVE)) {
        measureExported();
      }
      wanted(BenchPart.INFER_INT8, this::inBytes)
          .ifPresent(bytes -> rates.put(BenchPart.INFER_INT8, bytes));
      wanted(BenchPart.ENGINE, () -> new InferPart(watch, model).engine())
          .ifPresent(engine -> rates.put(BenchPart.ENGINE, engine));
      return new BenchResult(
          config,
          settings.seed(),
          machine,
          device,
          Peak.of(machine),
          matmul,
          flops,
          rates,
          wanted(BenchPart.AFT_STEP, () -> new AftStepPart(watch, model, plugins).measure()),
          wanted(BenchPart.ADAPT, () -> new AdaptPart(watch, model).measure()),
          wanted(BenchPart.UAP_STEP, () -> new UapStepPart(model, plugins, settings).measure()),
          serve);
    }

    private void measureExported() {
      Path file = model.export();
      try (ZepadClassifier classifier = load(file)) {
        device = Optional.of(classifier.device().name());
        wanted(BenchPart.INFER, () -> rates(BenchPart.INFER, classifier))
            .ifPresent(infer -> rates.put(BenchPart.INFER, infer));
        serve =
            wanted(
                BenchPart.SERVE,
                () -> new ServePart(model, settings.progress()).measure(classifier));
      }
      if (config.parts().contains(BenchPart.INFER)) {
        flops = OptionalLong.of(Flops.perImage(file));
      }
    }

    private List<InferenceRate> inBytes() {
      try (ZepadClassifier classifier = load(model.exportInBytes())) {
        return rates(BenchPart.INFER_INT8, classifier);
      }
    }

    private List<InferenceRate> rates(BenchPart part, ZepadClassifier classifier) {
      return new InferPart(watch, model).classifier(part, classifier);
    }

    private ZepadClassifier load(Path file) {
      return ZepadClassifier.load(
          file, new RuntimeOptions(runtime.device(), runtime.number(), config.threads()));
    }

    private <T> Optional<T> wanted(BenchPart part, Supplier<T> work) {
      return config.parts().contains(part) ? Optional.of(work.get()) : Optional.empty();
    }
  }
}
