package org.zepad.core.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.io.Safetensors;

class PerturbationFilesTest {
  private static final PerturbationInfo INFO =
      new PerturbationInfo(
          "some-patch",
          Map.of("share", "0.0625", "learning-rate", "0.1"),
          7,
          "victim.safetensors",
          "aa11",
          "images",
          Map.of("zepad", "1"));

  /** A patch of 4 x 4 pixels from (2, 2) on images of 16 x 16. */
  private static final SquarePatch SQUARE = new SquarePatch(16, 2, 4);

  /** Changes what is in a file. */
  private interface Tampering {
    void apply(Map<String, NDArray> tensors, Map<String, String> metadata);
  }

  @TempDir private Path folder;
  private Path file;
  private RunContext context;
  private NDManager manager;

  @BeforeEach
  void open() {
    file = folder.resolve("patch.safetensors");
    context = RunContexts.root(5, Device.cpu(), Progress.silent());
    manager = context.manager();
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void aPatchIsReadAsItWasWritten() {
    Perturbation patch = SQUARE.make(manager, column -> 0.1 + 0.3 * column);
    PerturbationFiles.save(file, patch, INFO);
    PerturbationFiles.Saved saved = PerturbationFiles.load(file, manager);
    assertSame(saved.perturbation(), patch);
    assertThat(saved.info()).isEqualTo(INFO);
    assertThat(PerturbationFiles.picture(file)).hasFileName("patch.safetensors.png").exists();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsReadAsItWasWritten(Budget budget) {
    NDArray delta = manager.full(new Shape(3, 4, 4), 0.02f).mul(-1);
    Perturbation change = Perturbation.additive(delta, budget);
    PerturbationFiles.save(file, change, INFO);
    assertSame(PerturbationFiles.load(file, manager).perturbation(), change);
  }

  static Stream<Budget> changes() {
    return Stream.of(new Budget(Norm.LINF, 0.02), new Budget(Norm.L2, 0.14));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tamperings")
  void whatWasTamperedWithIsRefused(String what, String message, Tampering tampering) {
    PerturbationFiles.save(file, SQUARE.make(manager, column -> 0.5), INFO);
    Safetensors.Contents contents = Safetensors.read(file, manager);
    Map<String, NDArray> tensors = new LinkedHashMap<>(contents.tensors());
    Map<String, String> metadata = new LinkedHashMap<>(contents.metadata());
    tampering.apply(tensors, metadata);
    Safetensors.write(file, tensors, metadata);
    assertThatThrownBy(() -> PerturbationFiles.load(file, manager))
        .isInstanceOfSatisfying(
            ZepadException.class, e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.INPUT))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  static Stream<Arguments> tamperings() {
    String sound = "pixels in [0, 1] under a mask of zeros and ones";
    return Stream.of(
        tampering("a mask that is half on", sound, (t, m) -> set(t, "mask", 0.5f, 0, 3, 3)),
        tampering(
            "a mask that is not a number", sound, (t, m) -> set(t, "mask", Float.NaN, 0, 3, 3)),
        tampering("a pixel beside the mask", sound, (t, m) -> set(t, "delta", 0.1f, 1, 9, 9)),
        tampering("a pixel above white", sound, (t, m) -> set(t, "delta", 1.5f, 1, 3, 3)),
        tampering("a pixel below black", sound, (t, m) -> set(t, "delta", -0.1f, 1, 3, 3)),
        tampering("no pixel at all", sound, (t, m) -> set(t, "delta", Float.NaN, 2, 3, 3)),
        tampering(
            "a mask of another size",
            sound,
            (t, m) -> t.compute("mask", (name, mask) -> mask.reshape(1, 8, 32))),
        tampering(
            "a mask of another type",
            "float32",
            (t, m) -> t.compute("mask", (name, mask) -> mask.toType(DataType.INT32, true))),
        tampering(
            "a mask of three colours",
            "(1, S, S)",
            (t, m) -> t.compute("mask", (name, mask) -> mask.concat(mask).concat(mask))),
        tampering(
            "a mask larger than the budget", "more than its", (t, m) -> set(t, "mask", 1, 0, 9, 9)),
        tampering("a smaller budget", "more than its", (t, m) -> m.put("epsilon", "0.0624")),
        tampering("no mask", "found none with L0", (t, m) -> t.remove("mask")),
        tampering(
            "a mask with another norm", "found one with LINF", (t, m) -> m.put("norm", "linf")),
        tampering("an unknown norm", "linf, l2 or l0", (t, m) -> m.put("norm", "l1")),
        tampering("a negative budget", "epsilon >= 0", (t, m) -> m.put("epsilon", "-1")));
  }

  private static Arguments tampering(String what, String message, Tampering tampering) {
    return Arguments.of(what, message, tampering);
  }

  private static void set(
      Map<String, NDArray> tensors, String name, float value, int plane, int y, int x) {
    NDArray array = tensors.get(name);
    float[] values = array.toFloatArray();
    int side = (int) array.getShape().get(2);
    values[(plane * side + y) * side + x] = value;
    tensors.put(name, array.getManager().create(values, array.getShape()));
  }

  private static void assertSame(Perturbation actual, Perturbation expected) {
    assertThat(actual.budget()).isEqualTo(expected.budget());
    assertThat(actual.delta().getShape()).isEqualTo(expected.delta().getShape());
    assertThat(actual.delta().toFloatArray()).isEqualTo(expected.delta().toFloatArray());
    if (expected.mask() == null) {
      assertThat(actual.mask()).isNull();
    } else {
      assertThat(actual.mask().getShape()).isEqualTo(expected.mask().getShape());
      assertThat(actual.mask().toFloatArray()).isEqualTo(expected.mask().toFloatArray());
    }
  }
}
