package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
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
import org.zepad.core.onnx.Precision;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.core.plugin.PluginCatalogue;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.Calibrator;
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

  @ParameterizedTest
  @MethodSource("backbones")
  void inLowerPrecisionTheNumbersAreNearAndTheRuntimeComputesInBytes(SmallBackbone<?> small)
      throws Exception {
    try (RunContext context = RunContexts.root(3, Device.cpu(), Progress.silent());
        Bundle bundle =
            bundle(small, new PluginChoice("robust-federal-decision", Map.of("k", 3.0)), context)) {
      OnnxExport export = OnnxExport.of(bundle, List.of(), InputForm.UINT8, Map.of());
      byte[] pixels = pixels();
      NDArray expected = bundle.model("letters").logits(images(pixels, context.manager()));
      OnnxExport half = export.half();
      assertThat(half.info().precision()).isEqualTo(Precision.FP16);
      assertClose(expected, outputs(half, pixels).logits(), 0.01);
      try (Calibrator calibrator = new Calibrator(export.calibration(), 1)) {
        calibrator.observe(pixels, IMAGES, SIZE, SIZE);
        Map<String, String> facts = Map.of("calibration-images", "5");
        OnnxExport bytes = export.inBytes(calibrator.ranges(), facts);
        assertThat(bytes.info().precision()).isEqualTo(Precision.INT8);
        assertThat(bytes.info().provenance()).containsEntry("export.calibration-images", "5");
        assertClose(expected, outputs(bytes, pixels).logits(), 0.15);
        // Named as the runtime names them once it has understood that bytes are computed with.
        assertThat(understood(temporary.resolve("model.onnx"))).isGreaterThanOrEqualTo(3L * 3);
      }
    }
  }

  /** How many products of bytes the runtime makes of a model. */
  private long understood(Path model) throws OrtException, IOException {
    Path optimised = temporary.resolve("optimised.onnx");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizedModelFilePath(optimised.toString());
      OrtEnvironment.getEnvironment().createSession(model.toString(), options).close();
    }
    String text = Files.readString(optimised, StandardCharsets.ISO_8859_1);
    return Pattern.compile("QLinearConv|MatMulIntegerToFloat|QLinearMatMul")
        .matcher(text)
        .results()
        .count();
  }

  private void compare(SmallBackbone<?> small, PluginChoice fusion) {
    try (RunContext context = RunContexts.root(3, Device.cpu(), Progress.silent());
        Bundle bundle = bundle(small, fusion, context)) {
      byte[] pixels = pixels();
      Outputs found = outputs(OnnxExport.of(bundle, List.of(), InputForm.UINT8, Map.of()), pixels);
      DefenceTarget.Output expected =
          bundle.model("letters").forward(images(pixels, context.manager()));
      assertClose(expected.fused().logits(), found.logits(), 1e-4);
      assertClose(expected.fused().confidences(), found.confidences(), 1e-4);
      assertClose(expected.detection().expandDims(0), new float[][] {found.scores()}, 1e-4);
    }
  }

  private Bundle bundle(SmallBackbone<?> small, PluginChoice fusion, RunContext context) {
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
    return Bundle.open(folder, plugins(), context);
  }

  private static byte[] pixels() {
    byte[] pixels = new byte[IMAGES * 3 * SIZE * SIZE];
    new SplittableRandom(9).nextBytes(pixels);
    return pixels;
  }

  private static NDArray images(byte[] pixels, NDManager manager) {
    return manager
        .create(ByteBuffer.wrap(pixels), new Shape(IMAGES, 3, SIZE, SIZE), DataType.UINT8)
        .toType(DataType.FLOAT32, true)
        .div(255);
  }

  private Outputs outputs(OnnxExport export, byte[] pixels) {
    Path file = temporary.resolve("model.onnx");
    export.write(file);
    try (ZepadClassifier classifier =
        ZepadClassifier.load(file, new RuntimeOptions(DeviceChoice.CPU, 0, 1))) {
      return classifier.outputs("", pixels, IMAGES, SIZE, SIZE);
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

  private static void assertClose(NDArray expected, float[][] found, double tolerance) {
    float[] numbers = expected.toFloatArray();
    float greatest = expected.abs().max().getFloat();
    int columns = found[0].length;
    assertThat(found.length * columns).isEqualTo(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      assertThat((double) found[i / columns][i % columns])
          .isCloseTo(numbers[i], within(tolerance * greatest));
    }
  }
}
