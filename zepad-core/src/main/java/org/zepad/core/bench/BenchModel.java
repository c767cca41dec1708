package org.zepad.core.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleWriter;
import org.zepad.core.bundle.PluginChoice;
import org.zepad.core.bundle.TaskHeads;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.evaluate.FusedModel;
import org.zepad.core.head.Head;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.OnnxExport;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.pipeline.Versions;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.Calibrator;

/**
 * The defence that is measured: ZePAD's three branches, a ResNet-18 each, and heads for one task,
 * all with random weights. It lies in a temporary folder that goes when this is closed.
 */
final class BenchModel implements AutoCloseable {
  static final int CLASSES = 10;
  private static final String TASK = "bench";
  private static final int CALIBRATION = 16;

  private final BenchConfig config;
  private final Settings settings;
  private final Path folder;
  private final RunContext context;
  private final Bundle bundle;

  private BenchModel(
      BenchConfig config,
      PluginRegistry plugins,
      Settings settings,
      Path folder,
      RunContext context) {
    this.config = config;
    this.settings = settings;
    this.folder = folder;
    this.context = context;
    this.bundle = Bundle.open(place(folder), plugins, context);
  }

  /** Makes it, with weights that depend on the seed. */
  static BenchModel create(BenchConfig config, PluginRegistry plugins, Settings settings) {
    Path folder;
    try {
      folder = Files.createTempDirectory("zepad-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RunContext context = RunContexts.root(settings.seed(), settings.device(), Progress.silent());
    try {
      write(config, plugins, place(folder), context);
      return new BenchModel(config, plugins, settings, folder, context);
    } catch (RuntimeException e) {
      context.close();
      AtomicFiles.delete(folder);
      throw e;
    }
  }

  private static Path place(Path folder) {
    return folder.resolve("bundle");
  }

  private static void write(
      BenchConfig config, PluginRegistry plugins, Path folder, RunContext parent) {
    EncoderInfo info =
        new EncoderInfo(
            "resnet18",
            Map.of("width", config.width()),
            "unknown",
            Preprocessing.cifar(config.resolution()),
            Map.of());
    try (RunContext context = parent.child("weights")) {
      List<Branch> branches =
          List.of(
              branch("victim", Role.MPAE, info, plugins, context),
              branch("adv-au", Role.MPAE, info, plugins, context),
              branch("helper", Role.BMP, info, plugins, context));
      BundleWriter.create(
          folder,
          branches,
          new PluginChoice("robust-federal-decision", Map.of()),
          new PluginChoice("confidence-gap", Map.of()),
          Map.of());
      Map<String, Head> heads = new HashMap<>();
      for (Branch branch : branches) {
        int features = branch.encoder().featureDim();
        heads.put(
            branch.name(),
            new Head(context.manager(), features, CLASSES, Head.DROPOUT, context.seed()));
      }
      List<String> classes = IntStream.range(0, CLASSES).mapToObj(c -> "class-" + c).toList();
      DetectionThreshold threshold = DetectionThreshold.fixed(DetectionThreshold.PAPER);
      BundleWriter.putTask(folder, new TaskHeads(TASK, classes, heads, threshold, Map.of()));
    }
  }

  private static Branch branch(
      String name, Role role, EncoderInfo info, PluginRegistry plugins, RunContext context) {
    return new Branch(
        name, role, new BackboneEncoder(info, plugins::createBackbone, context.child(name)));
  }

  /** What it was made of, and how it is to be measured. */
  BenchConfig config() {
    return config;
  }

  /** Where tensors live, and what seeds derive from. */
  RunContext context() {
    return context;
  }

  /** The branches; belong to this. */
  List<Branch> branches() {
    return bundle.branches();
  }

  /** The public encoder; belongs to this, and is not to be changed. */
  Encoder victim() {
    return branches().get(0).encoder();
  }

  /** The whole defence in the training engine. */
  FusedModel fused() {
    return bundle.model(TASK);
  }

  /** Exports it into the temporary folder; anew at each call. */
  Path export() {
    Path file = folder.resolve("model.onnx");
    onnx().write(file);
    return file;
  }

  /** The same with encoders in bytes, calibrated on noise, which changes no speed. */
  Path exportInBytes() {
    OnnxExport export = onnx();
    NoiseImages noise = images(CALIBRATION);
    try (Calibrator calibrator = new Calibrator(export.calibration(), config.threads())) {
      calibrator.observe(noise.pixels(), CALIBRATION, config.resolution(), config.resolution());
      Path file = folder.resolve("int8.onnx");
      export.inBytes(calibrator.ranges(), Map.of()).write(file);
      return file;
    }
  }

  private OnnxExport onnx() {
    return OnnxExport.of(bundle, List.of(), InputForm.UINT8, Versions.all());
  }

  /** Images of its size. */
  NoiseImages images(int count) {
    return new NoiseImages(settings.seed(), count, CLASSES, config.resolution());
  }

  @Override
  public void close() {
    bundle.close();
    context.close();
    AtomicFiles.delete(folder);
  }
}
