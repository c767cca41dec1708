package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.encoder.CheckpointHints;
import org.zepad.core.encoder.EncoderFiles;
import org.zepad.core.encoder.Inspection;
import org.zepad.core.encoder.PublicCheckpoints;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.testkit.Golden;

/** The encoders of the golden checkpoints, the sound ones and the others. */
@Tag("golden")
class PublicCheckpointsGoldenTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final double TOLERANCE = 1e-5;

  /** The golden images are normalised already. */
  private static final Preprocessing IDENTITY =
      new Preprocessing(32, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  private static final PublicCheckpoints CHECKPOINTS =
      new PublicCheckpoints(SmallBackbone.providers());

  private static RunContext context;
  private static Map<String, NDArray> expected;

  @BeforeAll
  static void open() {
    context = RunContexts.root(1, Device.cpu(), Progress.silent());
    Path file =
        Golden.cases("checkpoints")
            .filter(f -> f.toString().endsWith("expected.npz"))
            .findFirst()
            .orElseThrow();
    expected = Golden.load(file, context.manager());
  }

  @AfterAll
  static void close() {
    context.close();
  }

  static Stream<Path> encoders() {
    return files().filter(f -> expected.containsKey("features." + stem(f) + "_hp"));
  }

  static Stream<Path> bad() {
    return files().filter(f -> name(f).startsWith("bad_"));
  }

  private static Stream<Path> files() {
    return Golden.cases("checkpoints");
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static String stem(Path file) {
    return name(file).substring(0, Math.max(0, name(file).lastIndexOf('.')));
  }

  private static CheckpointHints padding(int pixels) {
    return CheckpointHints.none()
        .withPreprocessing(IDENTITY)
        .withBackboneOptions(Map.of("padding", pixels));
  }

  @Test
  void everyFileHasItsExpectation() {
    assertThat(encoders())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(expected).containsKey("features." + stem(file) + "_hp"));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void aPublicCheckpointGivesItsFeatures(Path file, @TempDir Path folder) {
    try (RunContext scope = context.child(name(file))) {
      for (int padding = 1; padding <= 2; padding++) {
        String topic = padding == 1 ? "features." : "features_pad2.";
        NDArray features = expected.get(topic + stem(file) + "_hp");
        try (Encoder encoder = CHECKPOINTS.load(file, padding(padding), scope)) {
          assertFeatures(file + " padding " + padding, encoder, scope, features);
          Path saved = folder.resolve("encoder.safetensors");
          EncoderFiles.save(encoder, saved);
          try (Encoder again = EncoderFiles.load(saved, PluginRegistry.open(List.of()), scope)) {
            assertThat(again.info()).isEqualTo(encoder.info());
            assertFeatures("saved " + file, again, scope, features);
          }
        }
      }
    }
  }

  @Test
  void aFileOfHalfTheSizeKeepsElevenBits(@TempDir Path folder) {
    Path file = encoders().findFirst().orElseThrow();
    Path half = folder.resolve("half.safetensors");
    try (RunContext scope = context.child("half");
        Encoder encoder = CHECKPOINTS.load(file, padding(1), scope)) {
      EncoderFiles.saveHalf(encoder, half);
      try (Encoder again = EncoderFiles.load(half, PluginRegistry.open(List.of()), scope)) {
        encoder
            .state()
            .parameters()
            .forEach((n, t) -> Golden.assertClose(n, again.state().get(n), t, 1.0 / 2048));
      }
      encoder.state().get("conv1.weight").addi(1e6f);
      assertThatThrownBy(() -> EncoderFiles.saveHalf(encoder, folder.resolve("no.safetensors")))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("conv1.weight");
    }
  }

  private static void assertFeatures(
      String what, Encoder encoder, RunContext scope, NDArray features) {
    NDArray x = expected.get("x").duplicate();
    x.attach(scope.manager());
    Golden.assertClose(what, encoder.features(x, false), features, TOLERANCE);
    encoder
        .state()
        .tensors()
        .forEach(
            (n, tensor) ->
                assertThat(tensor.getDataType())
                    .as(n)
                    .isEqualTo(
                        n.endsWith("num_batches_tracked") ? DataType.INT64 : DataType.FLOAT32));
  }

  /** What an action throws within two seconds; a busy machine gets three tries. */
  private static Throwable inTime(ThrowingCallable action) {
    Duration fastest = LIMIT;
    Throwable thrown = null;
    for (int i = 0; i < 3 && fastest.compareTo(LIMIT) >= 0; i++) {
      long start = System.nanoTime();
      thrown = catchThrowable(action);
      fastest = Duration.ofNanos(System.nanoTime() - start);
    }
    assertThat(fastest).isLessThan(LIMIT);
    return thrown;
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aBadFileIsRefusedAndDoesNothing(Path file) {
    Throwable refusal = inTime(() -> CHECKPOINTS.load(file, padding(1), context));
    assertThat(refusal).isInstanceOf(ZepadException.class).hasMessageContaining(name(file));
    assertThat(((ZepadException) refusal).kind()).isEqualTo(ZepadException.Kind.INPUT);
    for (String folder : new String[] {System.getProperty("java.io.tmpdir"), "/tmp", "."}) {
      assertThat(Path.of(folder, "zepad_pwned")).doesNotExist();
      assertThat(Path.of(folder, "zepad_traversal")).doesNotExist();
    }
  }

  @Test
  void whatIsWrongIsListedByName() {
    Path missing = files().filter(f -> name(f).contains("missing_layer")).findFirst().orElseThrow();
    Inspection inspection = CHECKPOINTS.inspect(missing);
    assertThat(inspection.isEncoder()).isFalse();
    assertThat(inspection.missing())
        .contains("layer4.0.conv1.weight", "layer4.1.bn2.num_batches_tracked")
        .hasSize(30);
    assertThat(inspection.ignored()).contains("momentum_backbone.layer4.0.conv1.weight");
    assertThatThrownBy(() -> CHECKPOINTS.load(missing, padding(1), context))
        .hasMessageContaining("missing: layer4.0.conv1.weight")
        .hasMessageContaining("missing: layer4.1.bn2.running_var");
  }

  @Test
  void theFileSaysItsMethodAndDataSet() {
    for (Path file : encoders().filter(f -> name(f).contains("lightning_")).toList()) {
      Inspection inspection = CHECKPOINTS.inspect(file);
      assertThat(inspection.verdict()).startsWith("encoder: resnet18");
      assertThat(inspection.method()).as(name(file)).isNotEqualTo("unknown");
      assertThat(inspection.preprocessing()).as(name(file)).isNotNull();
    }
  }

  @Test
  void aMomentumEncoderIsTakenOnlyWhenNamed() {
    Path file = files().filter(f -> name(f).equals("lightning_f32.ckpt")).findFirst().orElseThrow();
    Inspection plain = CHECKPOINTS.inspect(file);
    assertThat(plain.prefix()).isEqualTo("backbone.");
    CheckpointHints named =
        new CheckpointHints("momentum_backbone.", null, Map.of(), null, IDENTITY);
    assertThat(CHECKPOINTS.inspect(file, named).isEncoder()).isTrue();
    assertThat(CHECKPOINTS.inspect(file, named).prefix()).isEqualTo("momentum_backbone.");
  }
}
