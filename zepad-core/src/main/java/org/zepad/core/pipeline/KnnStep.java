package org.zepad.core.pipeline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.head.FeatureCache;
import org.zepad.core.head.Features;
import org.zepad.core.metrics.Rate;
import org.zepad.core.metrics.WeightedKnn;
import org.zepad.core.plugin.PluginRegistry;

/**
 * Judges encoders by weighted k-NN on test images (Wu et al. 2018), without training anything,
 * beside what costs nothing: an untrained encoder of the same architecture, and the raw pixels.
 */
public final class KnnStep {
  private final PluginRegistry plugins;
  private final Settings settings;

  /** The step over these plugins. */
  public KnnStep(PluginRegistry plugins, Settings settings) {
    this.plugins = plugins;
    this.settings = settings;
  }

  /**
   * Judges.
   *
   * @param encoders files, or {@code zoo:METHOD}; at least one
   * @throws ZepadException of kind USAGE if no encoder is given
   */
  public KnnResult run(KnnConfig config, List<String> encoders) {
    if (encoders.isEmpty()) {
      throw ZepadException.usage("name at least one encoder: a file, or zoo:METHOD");
    }
    try (OpenData data = OpenData.open(plugins, config.data(), settings)) {
      int leaked = data.leaveOutLeakedTestImages();
      Map<String, Rate> rates = new LinkedHashMap<>();
      Map<String, EncoderInfo> architectures = new LinkedHashMap<>();
      for (String name : encoders) {
        settings.progress().message("judging " + name);
        try (RunContext context = context()) {
          Path file = EncoderLoader.file(name, plugins);
          try (Encoder encoder = EncoderLoader.load(file, plugins, context)) {
            architectures.putIfAbsent(architecture(encoder.info()), encoder.info());
            rates.put(name, accuracy(config, data, encoder, context));
          }
        }
      }
      architectures.forEach(
          (name, info) -> {
            settings.progress().message("judging an untrained " + name);
            try (RunContext context = context();
                Encoder untrained = new BackboneEncoder(info, plugins::createBackbone, context)) {
              rates.put("untrained " + name, accuracy(config, data, untrained, context));
            }
          });
      settings.progress().message("judging the raw pixels");
      try (RunContext context = context();
          Encoder pixels = new RawPixels(config.data().size(), context)) {
        rates.put("raw pixels", accuracy(config, data, pixels, context));
      }
      return new KnnResult(rates, data.training().length, leaked, settings.seed());
    }
  }

  private RunContext context() {
    return settings.context(Path.of("none"));
  }

  private static String architecture(EncoderInfo info) {
    return info.backbone() + " " + info.backboneOptions();
  }

  private static Rate accuracy(
      KnnConfig config, OpenData data, Encoder encoder, RunContext context) {
    ImageBatches training = data.trainBatches(context.manager());
    ImageBatches test = data.testBatches(context.manager());
    FeatureCache cache = FeatureCache.inMemory();
    try (Features bank = cache.features(encoder, training, "", context);
        Features queries = cache.features(encoder, test, "", context);
        WeightedKnn knn =
            new WeightedKnn(
                bank.values(),
                bank.labels(),
                bank.classes(),
                config.neighbours(),
                config.temperature())) {
      return knn.accuracy(queries.values(), queries.labels());
    }
  }
}
