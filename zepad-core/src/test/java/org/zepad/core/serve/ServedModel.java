package org.zepad.core.serve;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.zepad.api.Option;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleWriter;
import org.zepad.core.bundle.PluginChoice;
import org.zepad.core.bundle.TaskHeads;
import org.zepad.core.detect.ConfidenceGap;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.fusion.RobustFederalDecision;
import org.zepad.core.head.Head;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.OnnxExport;
import org.zepad.core.plugin.PluginCatalogue;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.RuntimeOptions;
import org.zepad.core.runtime.RuntimeOptions.DeviceChoice;
import org.zepad.core.runtime.ZepadClassifier;

/** A real exported model of three linear branches and two tasks, small enough for tests. */
final class ServedModel {
  static final int SIZE = 16;
  static final String LETTERS = "letters";
  static final String DIGITS = "digits";

  /** Class names that would do harm where they are not escaped. */
  static final List<String> CLASSES =
      List.of("alpha", "<b onclick=alert(1)>beta</b>", "gamma", "delta", "epsilon");

  private ServedModel() {}

  /** Exports it into a folder and loads it. */
  static ZepadClassifier load(Path folder) {
    return ZepadClassifier.load(export(folder), new RuntimeOptions(DeviceChoice.CPU, 0, 1));
  }

  private static Path export(Path folder) {
    PluginRegistry plugins =
        new PluginRegistry(
            new PluginCatalogue(List.of(), List.of(), List.of()),
            Map.of("flat", new FlatProvider()),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of("robust-federal-decision", new RobustFederalDecision()),
            Map.of("confidence-gap", new ConfidenceGap()));
    try (RunContext context = RunContexts.root(5, Device.cpu(), Progress.silent())) {
      List<Branch> branches = new ArrayList<>();
      for (String name : List.of("victim", "twin", "helper")) {
        Role role = name.equals("helper") ? Role.BMP : Role.MPAE;
        EncoderInfo info =
            new EncoderInfo("flat", Map.of(), "unknown", Preprocessing.cifar(SIZE), Map.of());
        branches.add(
            new Branch(
                name,
                role,
                new BackboneEncoder(info, plugins::createBackbone, context.child(name))));
      }
      Path bundle = folder.resolve("bundle");
      BundleWriter.create(
          bundle,
          branches,
          new PluginChoice("robust-federal-decision", Map.of("k", 3.0)),
          new PluginChoice("confidence-gap", Map.of()),
          Map.of());
      BundleWriter.putTask(bundle, task(LETTERS, CLASSES, branches, context));
      BundleWriter.putTask(bundle, task(DIGITS, List.of("one", "two"), branches, context));
      try (Bundle opened = Bundle.open(bundle, plugins, context)) {
        Path file = folder.resolve("model.onnx");
        OnnxExport.of(opened, List.of(), InputForm.UINT8, Map.of()).write(file);
        return file;
      }
    }
  }

  private static TaskHeads task(
      String name, List<String> classes, List<Branch> branches, RunContext context) {
    Map<String, Head> heads = new TreeMap<>();
    for (Branch branch : branches) {
      int seed = (name + branch.name()).hashCode();
      heads.put(
          branch.name(),
          new Head(context.manager(), branch.encoder().featureDim(), classes.size(), 0, seed));
    }
    return new TaskHeads(name, classes, heads, DetectionThreshold.fixed(0.1), Map.of());
  }

  /** One linear layer and a ReLU. */
  private static final class FlatProvider implements BackboneProvider<FlatProvider.Options> {
    /** Its options. */
    record Options(@Option(defaultValue = "12", help = "length of a feature") int features) {}

    private static final int INPUTS = 3 * SIZE * SIZE;

    @Override
    public String name() {
      return "flat";
    }

    @Override
    public String description() {
      return "one linear layer";
    }

    @Override
    public Class<Options> optionsType() {
      return Options.class;
    }

    @Override
    public Backbone create(Options options, RunContext context) {
      StateDict state = new StateDict(context.manager());
      SplittableRandom random = context.random();
      float[] weight = new float[options.features() * INPUTS];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = (float) ((random.nextDouble() - 0.5) / SIZE);
      }
      state.parameter(
          "weight", state.manager().create(weight, new Shape(options.features(), INPUTS)));
      return new Flat(options.features(), state);
    }

    @Override
    public Map<String, Shape> shapes(Options options) {
      return Map.of("weight", new Shape(options.features(), INPUTS));
    }

    @Override
    public Optional<Options> recognise(Map<String, Shape> shapes) {
      return Optional.empty();
    }
  }

  private record Flat(int featureDim, StateDict state) implements Backbone {
    @Override
    public NDArray features(NDArray images, boolean training) {
      return Linear.linear(images.reshape(images.getShape().get(0), -1), state.get("weight"))
          .singletonOrThrow()
          .getNDArrayInternal()
          .relu();
    }

    @Override
    public Value describe(Graph graph, Value images, int size) {
      Value flat = graph.reshape(images, 0, -1);
      return graph.relu(graph.linear(flat, graph.constant(state.get("weight")), null));
    }
  }
}
