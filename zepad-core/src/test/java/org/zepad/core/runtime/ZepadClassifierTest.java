package org.zepad.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.data.Fit;
import org.zepad.core.data.ResizedImages;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.onnx.TinyBundle;
import org.zepad.core.runtime.RuntimeOptions.DeviceChoice;

class ZepadClassifierTest {
  private static final RuntimeOptions CPU = new RuntimeOptions(DeviceChoice.CPU, 0, 1);

  @TempDir private Path temporary;
  private TinyBundle tiny;

  @BeforeEach
  void write() {
    tiny = new TinyBundle(temporary.resolve("bundle"));
  }

  @AfterEach
  void close() {
    tiny.close();
  }

  @ParameterizedTest
  @EnumSource(InputForm.class)
  void imagesOfAnySizeAreClassifiedAsByTheTrainingEngine(InputForm form) {
    List<RgbImage> images =
        Stream.of(image(8, 8, 1), image(31, 20, 2), image(5, 7, 3), image(4, 40, 4)).toList();
    try (ZepadClassifier classifier = ZepadClassifier.load(tiny.export(form), CPU)) {
      List<Classification> seen = classifier.predict("shapes", images);
      for (int i = 0; i < images.size(); i++) {
        RgbImage resized = ResizedImages.resize(images.get(i), TinyBundle.SIZE, Fit.STRETCH);
        Expected expected = expected(List.of(resized));
        assertThat(seen.get(i).detectionScore()).isCloseTo(expected.score, within(1e-5));
        assertThat(seen.get(i).confidences().get(1)).isCloseTo(expected.second, within(1e-5));
        assertThat(seen.get(i).label()).isEqualTo(expected.label);
        assertThat(seen.get(i).className()).isEqualTo("shapes-" + expected.label);
        assertThat(seen.get(i).probability()).isCloseTo(expected.probability, within(1e-5));
        assertThat(seen.get(i).flagged()).isEqualTo(expected.score > 0.1);
        assertThat(seen.get(i).top(2)).hasSize(2).startsWith(expected.label);
      }
    }
  }

  @Test
  void theGraphItselfResizesAsWeDo() {
    try (ZepadClassifier classifier = ZepadClassifier.load(tiny.export(InputForm.UINT8), CPU)) {
      for (int[] size : new int[][] {{8, 8}, {16, 16}, {31, 20}, {5, 7}, {3, 50}, {224, 160}}) {
        RgbImage image = image(size[0], size[1], 7);
        RgbImage resized = ResizedImages.resize(image, TinyBundle.SIZE, Fit.STRETCH);
        float[] inGraph = classifier.outputs("", image.planes(), 1, size[1], size[0]).logits()[0];
        float[] before = classifier.outputs("", resized.planes(), 1, 8, 8).logits()[0];
        for (int c = 0; c < before.length; c++) {
          // One level of one pixel, where rounding meets a tie, is all that may differ.
          assertThat(inGraph[c]).as(Arrays.toString(size)).isCloseTo(before[c], within(2e-3f));
        }
      }
    }
  }

  @Test
  void severalTasksInOneRunGetTheNumbersOfEachAlone() {
    tiny.adapt("letters", 3, 2);
    byte[] pixels = new byte[5 * 3 * 8 * 8];
    new SplittableRandom(3).nextBytes(pixels);
    try (ZepadClassifier classifier = ZepadClassifier.load(tiny.export(InputForm.UINT8), CPU)) {
      List<TaskInfo> tasks =
          List.of(classifier.info().task("letters"), classifier.info().task("shapes"));
      List<Outputs> together = classifier.outputs(tasks, pixels, 5, 8, 8);
      assertThat(together).hasSize(2);
      for (int t = 0; t < 2; t++) {
        Outputs alone = classifier.outputs(tasks.get(t).name(), pixels, 5, 8, 8);
        assertThat(together.get(t).logits()).isDeepEqualTo(alone.logits());
        assertThat(together.get(t).confidences()).isDeepEqualTo(alone.confidences());
        assertThat(together.get(t).scores()).isEqualTo(alone.scores());
      }
      TaskInfo foreign = new TaskInfo("foreign", List.of("a", "b"), 0, null);
      assertThatThrownBy(() -> classifier.outputs(List.of(foreign), pixels, 5, 8, 8))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void manyThreadsGetTheSameNumbers() throws Exception {
    byte[] pixels = image(8, 8, 5).planes();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ZepadClassifier classifier = ZepadClassifier.load(tiny.export(InputForm.UINT8), CPU)) {
      float[] alone = classifier.outputs("", pixels, 1, 8, 8).logits()[0];
      List<Future<float[]>> futures = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        futures.add(threads.submit(() -> classifier.outputs("", pixels, 1, 8, 8).logits()[0]));
      }
      for (Future<float[]> future : futures) {
        assertThat(future.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aClosedClassifierRefusesAndClosesTwice() {
    ZepadClassifier classifier = ZepadClassifier.load(tiny.export(InputForm.UINT8), CPU);
    classifier.close();
    classifier.close();
    assertThatThrownBy(() -> classifier.predict(image(8, 8, 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whereItRunsIsSaidWithTheReason() {
    Path file = tiny.export(InputForm.UINT8);
    try (ZepadClassifier classifier = ZepadClassifier.load(file)) {
      assertThat(classifier.device().toString()).matches("(CPU|CUDA:0) \\(.+\\)");
    }
    try (ZepadClassifier classifier = ZepadClassifier.load(file, CPU)) {
      assertThat(classifier.device()).hasToString("CPU (asked for)");
    }
  }

  @Test
  void aDeviceThatIsNotThereIsAnErrorThatSaysWhatIsMissing() {
    // No machine has a thousandth device; with the build for CPUs there is none at all.
    RuntimeOptions absent = new RuntimeOptions(DeviceChoice.CUDA, 999, 0);
    Path file = tiny.export(InputForm.UINT8);
    assertThatThrownBy(() -> ZepadClassifier.load(file, absent))
        .isInstanceOfSatisfying(
            ZepadException.class,
            e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.ENVIRONMENT))
        .hasMessageContaining("CUDA is asked for, but");
  }

  @Test
  void anUnknownTaskAndWrongPixelsAreRefused() {
    tiny.adapt("digits", 3, 4);
    try (ZepadClassifier classifier = ZepadClassifier.load(tiny.export(InputForm.UINT8), CPU)) {
      assertThatThrownBy(() -> classifier.predict(image(8, 8, 1)))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("[shapes, digits]");
      assertThatThrownBy(() -> classifier.outputs("shapes", new byte[5], 1, 8, 8))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(classifier.predict("digits", List.of())).isEmpty();
    }
  }

  /**
   * In a process whose class path lacks the training engine altogether. Its command line is as long
   * as that of many pictures: there was a version of ONNX Runtime which that brought down.
   */
  @Test
  void noTrainingEngineIsNeededWhateverTheLengthOfTheCommandLine() throws Exception {
    String path =
        Stream.of("jdk.module.path", "java.class.path", "surefire.test.class.path")
            .map(System::getProperty)
            .filter(p -> p != null && !p.isEmpty())
            .flatMap(p -> Arrays.stream(p.split(File.pathSeparator)))
            .filter(entry -> !entry.contains("pytorch"))
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    String classes =
        Path.of("target", "test-classes").toAbsolutePath()
            + File.pathSeparator
            + Path.of("target", "classes").toAbsolutePath();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                classes + File.pathSeparator + path,
                WithoutEngine.class.getName(),
                tiny.export(InputForm.UINT8).toString(),
                "a".repeat(100_000))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("shapes-").contains("no engine");
  }

  private static RgbImage image(int width, int height, long seed) {
    byte[] planes = new byte[3 * width * height];
    new SplittableRandom(seed).nextBytes(planes);
    return new RgbImage(width, height, planes);
  }

  private record Expected(int label, double probability, double second, double score) {}

  private Expected expected(List<RgbImage> images) {
    try (Bundle bundle = tiny.open();
        NDManager scope = bundle.branches().get(0).encoder().state().manager().newSubManager()) {
      NDArray pixels =
          scope
              .create(
                  ByteBuffer.wrap(images.get(0).planes()),
                  new Shape(1, 3, TinyBundle.SIZE, TinyBundle.SIZE),
                  DataType.UINT8)
              .toType(DataType.FLOAT32, true)
              .div(255);
      DefenceTarget.Output output = bundle.model("shapes").forward(pixels);
      NDArray probabilities = output.fused().logits().softmax(1);
      return new Expected(
          (int) probabilities.argMax(1).getLong(0),
          probabilities.max().getFloat(),
          output.fused().confidences().getFloat(0, 1),
          output.detection().getFloat(0));
    }
  }

  /** The child process. */
  static final class WithoutEngine {
    private WithoutEngine() {}

    /** Classifies one image, and says whether an engine could be had. */
    public static void main(String[] args) throws IOException {
      try (ZepadClassifier classifier = ZepadClassifier.load(Path.of(args[0]), CPU)) {
        System.out.println(classifier.predict(image(9, 9, 1)).className());
      }
      try {
        Class.forName("ai.djl.pytorch.engine.PtEngine");
        System.out.println("the engine is on the class path");
      } catch (ClassNotFoundException e) {
        System.out.println("no engine");
      }
    }
  }
}
