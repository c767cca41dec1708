package org.zepad.core.onnx;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Role;
import org.zepad.api.detector.DetectorProvider;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.api.fusion.FusionProvider;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleWriter;
import org.zepad.core.bundle.PluginChoice;
import org.zepad.core.bundle.TaskHeads;
import org.zepad.core.bundle.TinyBackboneProvider;
import org.zepad.core.detect.ConfidenceGap;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.fusion.RobustFederalDecision;
import org.zepad.core.head.Head;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.plugin.PluginCatalogue;
import org.zepad.core.plugin.PluginRegistry;

/** A bundle of two branches, one for images of 8 pixels and one for 4, with the task "shapes". */
public final class TinyBundle implements AutoCloseable {
  /** The side of the larger images. */
  public static final int SIZE = 8;

  private final Path folder;
  private final PluginRegistry plugins;
  private final RunContext context;
  private final List<Branch> branches;

  /** With plugins that can be exported. */
  public TinyBundle(Path folder) {
    this(folder, new TinyBackboneProvider(), new RobustFederalDecision(), new ConfidenceGap());
  }

  /** With other plugins, which stand under the usual names. */
  public TinyBundle(
      Path folder,
      BackboneProvider<?> backbone,
      FusionProvider<?> fusion,
      DetectorProvider<?> detector) {
    this.folder = folder;
    plugins =
        new PluginRegistry(
            new PluginCatalogue(List.of(), List.of(), List.of()),
            Map.of("tiny", backbone),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of("robust-federal-decision", fusion),
            Map.of("confidence-gap", detector));
    context = RunContexts.root(5, Device.cpu(), Progress.silent());
    branches =
        List.of(
            new Branch("victim", Role.MPAE, encoder("victim", SIZE)),
            new Branch("helper", Role.BMP, encoder("helper", SIZE / 2)));
    BundleWriter.create(
        folder,
        branches,
        new PluginChoice("robust-federal-decision", Map.of("k", 3.0)),
        new PluginChoice("confidence-gap", Map.of()),
        Map.of("seed", "5"));
    adapt("shapes", 4, 1);
  }

  /** Adds a task, or replaces it. */
  public void adapt(String task, int classes, long seed) {
    Map<String, Head> heads = new HashMap<>();
    for (Branch branch : branches) {
      int features = branch.encoder().featureDim();
      heads.put(
          branch.name(), new Head(context.manager(), features, classes, 0, seed + heads.size()));
    }
    List<String> names = IntStream.range(0, classes).mapToObj(c -> task + "-" + c).toList();
    BundleWriter.putTask(
        folder,
        new TaskHeads(
            task,
            names,
            heads,
            new DetectionThreshold(0.1, OptionalDouble.of(0.05)),
            Map.of("epochs", "3")));
  }

  /** Its folder. */
  public Path folder() {
    return folder;
  }

  /** The plugins that it needs. */
  public PluginRegistry plugins() {
    return plugins;
  }

  /** Opens it; to be closed. */
  public Bundle open() {
    return Bundle.open(folder, plugins, context);
  }

  /** Writes it as a model beside its folder. */
  public Path export(InputForm input, String... tasks) {
    Path file = folder.resolveSibling("model.onnx");
    try (Bundle bundle = open()) {
      OnnxExport.of(bundle, List.of(tasks), input, Map.of("zepad", "test")).write(file);
    }
    return file;
  }

  private Encoder encoder(String name, int size) {
    return new BackboneEncoder(
        new EncoderInfo(
            "tiny",
            Map.of("features", 16, "size", size),
            "unknown",
            Preprocessing.cifar(size),
            Map.of()),
        plugins::createBackbone,
        context.child(name));
  }

  @Override
  public void close() {
    context.close();
  }
}
