package org.zepad.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.ZepadException;
import org.zepad.testkit.Golden;

@Tag("golden")
class CheckpointFilesTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** Files whose structure is sound and whose encoder is not: refused by who loads encoders. */
  private static final Set<String> BAD_AS_ENCODERS =
      Set.of(
          "bad_wrong_shape.ckpt",
          "bad_nan.ckpt",
          "bad_inf.ckpt",
          "bad_negative_variance.ckpt",
          "bad_missing_layer.ckpt",
          "bad_no_known_prefix.ckpt");

  static Stream<Path> files() {
    return Golden.cases("checkpoints").filter(f -> !f.toString().endsWith(".npz"));
  }

  static Stream<Path> good() {
    return files().filter(f -> !f.getFileName().toString().startsWith("bad_"));
  }

  static Stream<Path> bad() {
    return files().filter(f -> f.getFileName().toString().startsWith("bad_"));
  }

  @ParameterizedTest
  @MethodSource("good")
  void everyTensorOfAGoodFileIsRead(Path file) {
    TensorFile opened = TensorFiles.open(file);
    assertThat(opened.tensors()).isNotEmpty();
    opened
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(tensor.read().remaining())
                    .as(name)
                    .isEqualTo((int) tensor.shape().size() * tensor.type().bytes()));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aHostileFileIsRefusedAndDoesNothing(Path file) {
    Throwable refusal =
        inTime(() -> TensorFiles.open(file).tensors().values().forEach(StoredTensor::read));
    assertNothingRan();
    if (!BAD_AS_ENCODERS.contains(file.getFileName().toString())) {
      assertThat(refusal)
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining(file.getFileName().toString());
      assertThat(((ZepadException) refusal).kind()).isEqualTo(ZepadException.Kind.INPUT);
    }
  }

  /** The whole folder in one process of 256 MB, which must survive. */
  @Test
  void hostileFilesAreRefusedInLittleMemory() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("jdk.module.path", "")
                    + File.pathSeparator
                    + location(CheckpointFilesTest.class)
                    + File.pathSeparator
                    + System.getProperty("java.class.path"),
                OpenAll.class.getName(),
                Golden.folder("checkpoints").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("refused ");
    assertNothingRan();
  }

  private static Path location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Opens every file of a folder and reads its tensors; anything but a refusal ends it. */
  static final class OpenAll {
    public static void main(String[] args) throws IOException {
      int refused = 0;
      try (Stream<Path> files = Files.list(Path.of(args[0]))) {
        for (Path file : files.sorted().toList()) {
          try {
            TensorFiles.open(file).tensors().values().forEach(StoredTensor::read);
          } catch (ZepadException e) {
            refused++;
          }
        }
      }
      System.out.println("refused " + refused);
    }
  }

  @Test
  void elementTypesAreExact() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Map<String, NDArray> expected = Golden.sub(expected(manager), "types.");
      Map<String, StoredTensor> actual = TensorFiles.open(file("element_types.pt")).tensors();
      assertThat(new TreeMap<>(actual).keySet()).isEqualTo(new TreeMap<>(expected).keySet());
      actual.forEach(
          (name, tensor) -> {
            NDArray array = tensor.readFloat32(manager);
            DataType type = tensor.type().isFloating() ? DataType.FLOAT32 : DataType.INT64;
            assertThat(array.toType(type, false).toArray())
                .as(name)
                .isEqualTo(expected.get(name).toArray());
            if (tensor.shape().dimension() > 0) {
              assertThat(tensor.shape()).as(name).isEqualTo(expected.get(name).getShape());
            }
          });
    }
  }

  @Test
  void thePerturbationIsExact() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray uap =
          TensorFiles.open(file("reference_uap.pt")).tensors().get("tensor").readFloat32(manager);
      assertThat(uap).isEqualTo(expected(manager).get("uap"));
    }
  }

  @Test
  void theHeadGivesTheExpectedLogits() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Map<String, StoredTensor> head = TensorFiles.open(file("reference_head.pth")).tensors();
      Map<String, NDArray> expected = expected(manager);
      NDArray x = expected.get("head_x");
      for (String layer : new String[] {"fc1", "fc2", "fc3"}) {
        NDArray weight = head.get(layer + ".weight").readFloat32(manager);
        NDArray bias = head.get(layer + ".bias").readFloat32(manager);
        x = x.matMul(weight.transpose()).add(bias);
        x = layer.equals("fc3") ? x : x.maximum(0);
      }
      Golden.assertClose("head logits", x, expected.get("head_logits_hp"), 1e-5);
    }
  }

  @Test
  void hyperParametersAreFound() {
    Map<String, Object> facts = TensorFiles.open(file("lightning_f32.ckpt")).facts();
    assertThat(facts)
        .containsEntry("hyper_parameters.method", "simclr")
        .containsEntry("hyper_parameters.big", "1180591620717411303424")
        .containsEntry("hyper_parameters.negative", -3L)
        .containsEntry("hyper_parameters.unicode", "caf\u00e9")
        .containsEntry("hyper_parameters.crop_size.0", 32L);
  }

  @Test
  void aPointerOfGitLfsIsCalledThat() {
    assertThatThrownBy(() -> TensorFiles.open(file("bad_text.ckpt")))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("git-lfs");
  }

  private static Path file(String ending) {
    return files().filter(f -> f.toString().endsWith(ending)).findFirst().orElseThrow();
  }

  private static Map<String, NDArray> expected(NDManager manager) {
    Path file =
        Golden.cases("checkpoints")
            .filter(f -> f.toString().endsWith("expected.npz"))
            .findFirst()
            .orElseThrow();
    return Golden.load(file, manager);
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

  private static void assertNothingRan() {
    for (String folder : new String[] {System.getProperty("java.io.tmpdir"), "/tmp", "."}) {
      for (String name : new String[] {"zepad_pwned", "zepad_traversal"}) {
        assertThat(Path.of(folder, name)).doesNotExist();
      }
    }
  }
}
