package org.zepad.core.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.core.data.ChannelStatistics;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.encoder.EncoderFiles;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.WorkLock;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.core.plugin.PluginKind;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.pretrain.PretrainData;
import org.zepad.core.pretrain.PretrainResult;
import org.zepad.core.pretrain.Pretrainer;

/** Pre-trains an encoder into a file. */
public final class PretrainStep {
  private final PluginRegistry plugins;
  private final Settings settings;

  /** The step over these plugins. */
  public PretrainStep(PluginRegistry plugins, Settings settings) {
    this.plugins = plugins;
    this.settings = settings;
  }

  /**
   * Pre-trains, continuing what a killed call left in {@code OUT.work}.
   *
   * @param config what to train on what
   * @param label what tells this encoder from others of the same seed: initial weights, views and
   *     orders are drawn from the seed and the label, so that two encoders of one architecture do
   *     not start as twins, against which every attack would transfer; the split is drawn from the
   *     seed alone, so that all of them leave out the same images
   * @param out the encoder file; if it exists and is of this very configuration, nothing is done
   * @return the facts of the encoder, figures included
   * @throws org.zepad.api.ZepadException of kind USAGE if it exists and is another one, of kind
   *     ENVIRONMENT if another process works on it
   */
  public EncoderInfo run(PretrainConfig config, String label, Path out) {
    plugins.resolve(PluginKind.SSL_METHOD, config.method().name(), config.method().options());
    try (WorkLock lock = WorkLock.of(out);
        OpenData data = OpenData.open(plugins, config.data(), settings)) {
      Map<String, String> provenance = new LinkedHashMap<>(data.provenance());
      String identity = Identity.of(config, settings.seed(), label, provenance.toString());
      if (Files.exists(out)) {
        EncoderInfo info =
            EncoderFiles.info(out)
                .orElseThrow(
                    () ->
                        ZepadException.usage(
                            out + " exists and is no encoder of ours; choose another place"));
        Identity.require(out, info.provenance().getOrDefault(Identity.KEY, ""), identity);
        return info;
      }
      provenance.put(Identity.KEY, identity);
      provenance.put("configuration", Identity.json(config));
      provenance.put("seed-label", label);
      Path work = out.resolveSibling(out.getFileName() + ".work");
      EncoderInfo info;
      try (RunContext root = settings.context(work);
          RunContext context = root.child(label)) {
        info =
            train(
                plugins.sslMethod(config.method().name()), config, data, provenance, context, out);
      }
      AtomicFiles.delete(work);
      return info;
    }
  }

  private <O extends Record> EncoderInfo train(
      SslMethodProvider<O> method,
      PretrainConfig config,
      OpenData data,
      Map<String, String> provenance,
      RunContext context,
      Path out) {
    ChannelStatistics statistics = ChannelStatistics.of(data.trainImages(), data.training());
    EncoderInfo blank =
        new EncoderInfo(
            config.backbone().name(),
            plugins.resolve(
                PluginKind.BACKBONE, config.backbone().name(), config.backbone().options()),
            method.name(),
            new Preprocessing(config.data().size(), statistics.mean(), statistics.std()),
            Map.of());
    try (BackboneEncoder encoder = new BackboneEncoder(blank, plugins::createBackbone, context)) {
      O options =
          OptionsBinder.bind(
              "SSL method '" + method.name() + "'",
              method.optionsType(),
              config.method().options());
      PretrainResult result =
          new Pretrainer()
              .train(
                  encoder,
                  method,
                  options,
                  new PretrainData(
                      data.trainImages(),
                      data.classes().size(),
                      data.training(),
                      data.validation()),
                  config.training(),
                  context);
      provenance.putAll(result.provenance());
      provenance.put("seed", Long.toString(settings.seed()));
      EncoderInfo info =
          new EncoderInfo(
              blank.backbone(),
              blank.backboneOptions(),
              blank.method(),
              blank.preprocessing(),
              provenance);
      try (BackboneEncoder trained = encoder.withInfo(info)) {
        switch (config.weights()) {
          case FLOAT32 -> EncoderFiles.save(trained, out);
          case FLOAT16 -> EncoderFiles.saveHalf(trained, out);
        }
      }
      return info;
    }
  }
}
