package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleWriter;
import org.zepad.core.bundle.PluginChoice;
import org.zepad.core.bundle.TaskHeads;
import org.zepad.core.detect.ConfidenceGap;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.fusion.EntropyFusion;
import org.zepad.core.fusion.EqualFusion;
import org.zepad.core.fusion.RobustFederalDecision;
import org.zepad.core.head.Head;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.OnnxExport;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.core.plugin.PluginCatalogue;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.Outputs;
import org.zepad.core.runtime.RuntimeOptions;
import org.zepad.core.runtime.RuntimeOptions.DeviceChoice;
import org.zepad.core.runtime.ZepadClassifier;

class ExportedBackboneTest {
  private static final int SIZE = 32;
  private static final int IMAGES = 5;
  private static final int CLASSES = 4;

  @TempDir private Path temporary;

  static Stream<SmallBackbone<?>> backbones() {
    return SmallBackbone.all();
  }

  @ParameterizedTest
  @MethodSource("backbones")
  void anExportedBackboneGivesTheNumbersOfTheTrainingEngine(SmallBackbone<?> small) {
    compare(small, new PluginChoice("robust-federal-decision", Map.of("k", 3.0)));
  }

  @ParameterizedTest
  @MethodSource("fusions")
  void anExportedFusionGivesTheNumbersOfTheTrainingEngine(PluginChoice fusion) {
    compare(SmallBackbone.all().findFirst().orElseThrow(), fusion);
  }

  static Stream<PluginChoice> fusions() {
    return Stream.of(
        new PluginChoice("equal", Map.of("k", 2.0)),
        new PluginChoice("entropy", Map.of("k", 3.0, "reference", false)),
        new PluginChoice("entropy", Map.of("k", 3.0, "reference", true)));
  }

  private void compare(SmallBackbone<?> small, PluginChoice fusion) {
    try (RunContext context = RunContexts.root(3, Device.cpu(), Progress.silent())) {
      context.reseedEngine(3);
      Path folder = temporary.resolve("bundle");
      List<Branch> branches =
          List.of(
              new Branch("victim", Role.MPAE, encoder(small, context.child("victim"))),
              new Branch("twin", Role.MPAE, encoder(small, context.child("twin"))),
              new Branch("helper", Role.BMP, encoder(small, context.child("helper"))));
      BundleWriter.create(
          folder, branches, fusion, new PluginChoice("confidence-gap", Map.of()), Map.of());
      BundleWriter.putTask(folder, task(branches, context));
      try (Bundle bundle = Bundle.open(folder, plugins(), context)) {
        Path file = temporary.resolve("model.onnx");
        OnnxExport.of(bundle, List.of(), InputForm.UINT8, Map.of()).write(file);
        byte[] pixels = new byte[IMAGES * 3 * SIZE * SIZE];
        new SplittableRandom(9).nextBytes(pixels);
        Outputs found;
        try (ZepadClassifier classifier =
            ZepadClassifier.load(file, new RuntimeOptions(DeviceChoice.CPU, 0, 1))) {
          found = classifier.outputs("", pixels, IMAGES, SIZE, SIZE);
        }
        NDManager manager = context.manager();
        NDArray images =
            manager
                .create(ByteBuffer.wrap(pixels), new Shape(IMAGES, 3, SIZE, SIZE), DataType.UINT8)
                .toType(DataType.FLOAT32, true)
                .div(255);
        DefenceTarget.Output expected = bundle.model("letters").forward(images);
        assertClose(expected.fused().logits(), found.logits());
        assertClose(expected.fused().confidences(), found.confidences());
        assertClose(expected.detection().expandDims(0), new float[][] {found.scores()});
      }
    }
  }

  private static PluginRegistry plugins() {
    return new PluginRegistry(
        new PluginCatalogue(List.of(), List.of(), List.of()),
        SmallBackbone.providers(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(
            "robust-federal-decision",
            new RobustFederalDecision(),
            "equal",
            new EqualFusion(),
            "entropy",
            new EntropyFusion()),
        Map.of("confidence-gap", new ConfidenceGap()));
  }

  /** With statistics, scales and shifts that are not ones and zeros. */
  private static Encoder encoder(SmallBackbone<?> small, RunContext context) {
    Encoder encoder =
        new BackboneEncoder(
            new EncoderInfo(
                small.provider().name(),
                OptionsBinder.toMap(small.options()),
                "unknown",
                Preprocessing.cifar(SIZE),
                Map.of()),
            plugins()::createBackbone,
            context);
    NDManager manager = context.manager();
    for (int i = 0; i < 10; i++) {
      encoder.features(manager.randomUniform(0, 1, new Shape(4, 3, SIZE, SIZE)), true).close();
    }
    encoder
        .state()
        .parameters()
        .forEach((name, p) -> p.addi(manager.randomNormal(p.getShape()).mul(0.05)));
    return encoder;
  }

  private static TaskHeads task(List<Branch> branches, RunContext context) {
    Map<String, Head> heads = new TreeMap<>();
    for (Branch branch : branches) {
      int features = branch.encoder().featureDim();
      heads.put(
          branch.name(),
          new Head(context.manager(), features, CLASSES, 0, branch.name().hashCode()));
    }
    return new TaskHeads(
        "letters", List.of("a", "b", "c", "d"), heads, DetectionThreshold.fixed(0.1), Map.of());
  }

  private static void assertClose(NDArray expected, float[][] found) {
    float[] numbers = expected.toFloatArray();
    float greatest = expected.abs().max().getFloat();
    int columns = found[0].length;
    assertThat(found.length * columns).isEqualTo(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      assertThat((double) found[i / columns][i % columns])
          .isCloseTo(numbers[i], within(1e-4 * greatest));
    }
  }
}
