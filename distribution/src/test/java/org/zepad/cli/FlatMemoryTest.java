package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.config.ConfigReader;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.encoder.EncoderFiles;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.pipeline.AdaptConfig;
import org.zepad.core.pipeline.AdaptStep;
import org.zepad.core.pipeline.AttackConfig;
import org.zepad.core.pipeline.AttackStep;
import org.zepad.core.pipeline.ExportStep;
import org.zepad.core.pipeline.HardenConfig;
import org.zepad.core.pipeline.HardenStep;
import org.zepad.core.pipeline.PretrainConfig;
import org.zepad.core.pipeline.PretrainStep;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.ZepadClassifier;

/**
 * The native memory of every loop that trains, crafts or predicts stays flat over thousands of
 * steps. That takes many minutes, so the build leaves it out (there, short loops and counts of
 * arrays watch); {@code contributing.md} has the command. It fixes the heap and touches it
 * beforehand: what the process grows by is then native.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "zepad.memory.steps", matches = "\\d+")
class FlatMemoryTest {
  private static final int STEPS = Integer.getInteger("zepad.memory.steps", 0);
  private static final int PREDICTIONS_A_STEP = 50;
  private static final int SIDE = 16;
  private static final int BATCH = 8;
  private static final int STEPS_PER_EPOCH = 20;
  private static final int EPOCHS = Math.max(1, STEPS / STEPS_PER_EPOCH);

  /** A leak of 20 kB a step, less than one batch of these images, is found in 2,000 steps. */
  private static final long MOST_GROWTH = 40L << 20;

  private static final PluginRegistry PLUGINS = PluginRegistry.open(List.of());

  @TempDir Path folder;

  private Path encoder;

  @BeforeEach
  void writeAnEncoder() {
    encoder = folder.resolve("tiny.safetensors");
    EncoderInfo info =
        new EncoderInfo(
            "resnet18", Map.of("width", 32), "simclr", Preprocessing.cifar(SIDE), Map.of());
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
        Encoder tiny = new BackboneEncoder(info, PLUGINS::createBackbone, context)) {
      EncoderFiles.save(tiny, encoder);
    }
  }

  /** A method and its options, which make its networks small: they take most of the time. */
  @ParameterizedTest
  @CsvSource(
      value = {
        "simclr: projector-hidden=64",
        "byol: projector-hidden=64 predictor-hidden=64",
        "moco-v2-plus: projector-hidden=64 queue-size=512"
      },
      delimiter = ':')
  void preTraining(String method, String options) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("method", method);
    for (String option : options.split(" ", -1)) {
      String[] keyAndValue = option.split("=", 2);
      settings.put("method.options." + keyAndValue[0], keyAndValue[1]);
    }
    settings.put("backbone.options.width", "2");
    settings.put("training.epochs", "" + EPOCHS);
    settings.put("training.batch-size", "" + BATCH);
    settings.put("training.knn-every", "0");
    PretrainConfig config = config(PretrainConfig.class, settings);
    requireFlat(
        "pre-training, " + method,
        "pre-training",
        own ->
            new PretrainStep(PLUGINS, own)
                .run(config, "pretrain", folder.resolve("out.safetensors")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zepad", "fine-tuning", "pgd-at", "trades", "mart", "gen-af"})
  void fineTuning(String defence) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("defence", defence);
    settings.put("defence.options.epochs", "" + EPOCHS);
    settings.put("defence.options.batch-size", "" + BATCH);
    settings.put("defence.options.attack-steps", "1");
    settings.put("defence.options.validation-images", "4");
    if (defence.equals("gen-af")) {
      settings.put("defence.options.adapt-epochs", "1");
    }
    HardenConfig config = hardening(settings);
    requireFlat(
        "fine-tuning, " + defence,
        "fine-tune",
        own -> new HardenStep(PLUGINS, own).run(config, folder.resolve("bundle")));
  }

  @Test
  void headTraining() throws IOException {
    Path bundle = undefended();
    AdaptConfig config =
        config(AdaptConfig.class, Map.of("epochs", "" + EPOCHS, "batch-size", "" + BATCH));
    requireFlat(
        "head training",
        "training a head",
        settings -> new AdaptStep(PLUGINS, settings).run(config, bundle));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "advencoder-per",
        "advencoder-pat",
        "l4a-base",
        "l4a-fuse",
        "l4a-ugs",
        "ssp",
        "fff",
        "uap",
        "uapgd"
      })
  void crafting(String attack) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("attack", attack);
    settings.put("attack.options.epochs", "" + EPOCHS);
    // This one looks at no images; its epochs are of a length of their own.
    if (!attack.equals("fff")) {
      settings.put("attack.options.batch-size", "" + BATCH);
    }
    if (attack.startsWith("advencoder")) {
      settings.put("attack.options.widths", "16,8");
    }
    AttackConfig config = config(AttackConfig.class, settings);
    requireFlat(
        "crafting, " + attack,
        attack,
        own ->
            new AttackStep(PLUGINS, own)
                .run(config, List.of(encoder.toString()), folder.resolve("delta.safetensors")));
  }

  @Test
  void predicting() throws IOException {
    Path bundle = undefended();
    Settings silent = settings(Progress.silent());
    new AdaptStep(PLUGINS, silent).run(config(AdaptConfig.class, Map.of("epochs", "1")), bundle);
    Path model = new ExportStep(PLUGINS, silent).run(bundle, ExportStep.Order.STANDARD).file();
    byte[] one = new byte[3 * SIDE * SIDE];
    byte[] many = new byte[PREDICTIONS_A_STEP * one.length];
    new Random(1).nextBytes(many);
    requireFlat(
        "predicting, " + PREDICTIONS_A_STEP + " a step",
        "predicting",
        settings -> {
          try (ZepadClassifier classifier = ZepadClassifier.load(model)) {
            settings.progress().start("predicting", STEPS);
            for (int step = 1; step <= STEPS; step++) {
              if (step % 2 == 0) {
                classifier.outputs("", many, PREDICTIONS_A_STEP, SIDE, SIDE);
              } else {
                // One by one, as a server may get them.
                for (int i = 0; i < PREDICTIONS_A_STEP; i++) {
                  classifier.outputs("", one, 1, SIDE, SIDE);
                }
              }
              settings.progress().update(step, "");
            }
          }
        });
  }

  /** A piece of work that tells its progress. */
  private interface Work {
    void run(Settings settings);
  }

  private void requireFlat(String what, String task, Work work) {
    MemoryProbe probe = new MemoryProbe(task);
    work.run(settings(probe));
    long[] bytes = probe.bytes();
    System.out.printf(
        "%-30s %,6d steps: %4d MiB at 10%%, %4d at 50%%, %4d at 100%%%n",
        what, STEPS, bytes[0] >> 20, bytes[1] >> 20, bytes[2] >> 20);
    assertThat(bytes[2] - bytes[0]).as("%s: growth in bytes", what).isLessThan(MOST_GROWTH);
  }

  private Settings settings(Progress progress) {
    return new Settings(1, Device.cpu(), folder, progress);
  }

  private static <C extends Record> C config(Class<C> type, Map<String, String> more) {
    return new ConfigReader(PLUGINS).read(type, null, withData(more));
  }

  private HardenConfig hardening(Map<String, String> more) throws IOException {
    Path file = folder.resolve("branches.yaml");
    Files.writeString(file, "branches: [{name: tiny, encoder: '%s'}]".formatted(encoder));
    return new ConfigReader(PLUGINS).read(HardenConfig.class, file, withData(more));
  }

  private static Map<String, String> withData(Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("data.size", "" + SIDE);
    // A tenth of them are set aside for validation; the rest are whole batches.
    settings.put("data.images", "" + Math.round(BATCH * STEPS_PER_EPOCH / 0.9));
    settings.putAll(more);
    return settings;
  }

  private Path undefended() throws IOException {
    Path bundle = folder.resolve("undefended");
    new HardenStep(PLUGINS, settings(Progress.silent()))
        .run(hardening(Map.of("defence", "none")), bundle);
    return bundle;
  }
}
