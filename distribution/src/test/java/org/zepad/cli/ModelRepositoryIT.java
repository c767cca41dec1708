package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.cli.PackagedProgram.Result;
import org.zepad.core.runtime.Outputs;
import org.zepad.core.runtime.ZepadClassifier;

/**
 * A folder for other servers, under the ONNX Runtime engine of DJL, which is what DJL Serving runs
 * it with. (DJL Serving itself is not on Maven Central.)
 */
class ModelRepositoryIT {
  private static final int IMAGES = 4;
  private static final int HEIGHT = 40;
  private static final int WIDTH = 36;

  /** Another number of threads may add up in another order. */
  private static final Offset<Float> NEAR = within(1e-5f);

  private static final Path ENGINE = Path.of("target/djl-onnxruntime");

  @TempDir private static Path folder;

  @Test
  void djlGivesTheNumbersThatWeGive() throws Exception {
    assumeTrue(Files.isDirectory(ENGINE), "DJL's engine for ONNX Runtime was not fetched");
    PackagedProgram zepad = PackagedProgram.in(folder);
    ok(zepad.run("harden", "--mpae", "zoo:simclr", "--set", "defence=none", "--out", "my-bundle"));
    ok(
        zepad.run(
            "adapt", "--bundle", "my-bundle", "--set", "epochs=1", "--set", "data.images=100"));
    Result export = zepad.run("export", "my-bundle", "--repository", "models");
    ok(export);
    Path model = folder.resolve("models/my_bundle");
    assertThat(export.out()).contains(Path.of("models/my_bundle") + ": for Triton and DJL Serving");

    byte[] pixels = new byte[IMAGES * 3 * HEIGHT * WIDTH];
    new SplittableRandom(1).nextBytes(pixels);
    Map<String, float[]> served = underDjl(model, pixels);
    try (ZepadClassifier classifier = ZepadClassifier.load(model.resolve("1/model.onnx"))) {
      Outputs own = classifier.outputs("", pixels, IMAGES, HEIGHT, WIDTH);
      assertThat(served).containsOnlyKeys("logits_shapes", "confidences_shapes", "score_shapes");
      assertThat(served.get("logits_shapes")).containsExactly(flat(own.logits()), NEAR);
      assertThat(served.get("confidences_shapes")).containsExactly(flat(own.confidences()), NEAR);
      assertThat(served.get("score_shapes")).containsExactly(own.scores(), NEAR);
    }
  }

  private static void ok(Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private static Map<String, float[]> underDjl(Path model, byte[] pixels) throws Exception {
    Path images = Files.write(folder.resolve("images.bin"), pixels);
    Path numbers = folder.resolve("numbers.txt");
    Path told = folder.resolve("djl.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-Donnxruntime.native.path=" + PackagedProgram.HOME.resolve("onnxruntime"),
                "-cp",
                classPath(),
                DjlServingModel.class.getName(),
                model.toString(),
                images.toString(),
                String.valueOf(IMAGES),
                String.valueOf(HEIGHT),
                String.valueOf(WIDTH),
                numbers.toString())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(told)).isZero();
    Map<String, float[]> outputs = new HashMap<>();
    for (String line : Files.readAllLines(numbers)) {
      String[] words = line.split(" ");
      float[] values = new float[words.length - 1];
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.parseFloat(words[i + 1]);
      }
      outputs.put(words[0], values);
    }
    return outputs;
  }

  /** The program's own libraries without its training engine, DJL's other engine, and the tests. */
  private static String classPath() throws IOException {
    try (Stream<Path> own = Files.list(PackagedProgram.HOME.resolve("lib"));
        Stream<Path> engine = Files.list(ENGINE)) {
      return Stream.of(
              own.filter(jar -> !jar.getFileName().toString().startsWith("pytorch")),
              engine,
              Stream.of(Path.of("target/test-classes")))
          .flatMap(paths -> paths)
          .map(path -> path.toAbsolutePath().toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static float[] flat(float[][] rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
    }
    return all;
  }
}
