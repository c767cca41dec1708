package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.PluginRegistry;

class PredictCommandTest {
  @TempDir private static Path folder;
  private static Path bundle;
  private static Path model;
  private static Path pictures;

  private record Result(int exitCode, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  @BeforeAll
  static void export() throws IOException {
    bundle = folder.resolve("bundle");
    model = folder.resolve("model.onnx");
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      SmallBundles.random(bundle, PluginRegistry.open(List.of()), context);
    }
    adapt("1");
    done("export", "" + bundle, "--out", "" + model);
    pictures = Files.createDirectories(folder.resolve("pictures/deeper")).getParent();
    write(pictures.resolve("b.ppm"), 20, 9);
    write(pictures.resolve("deeper/a.ppm"), 16, 16);
    Files.writeString(pictures.resolve("notes.txt"), "no picture");
  }

  private static void write(Path file, int width, int height) throws IOException {
    byte[] header = ("P6\n" + width + " " + height + "\n255\n").getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(header, header.length + 3 * width * height);
    byte[] pixels = new byte[3 * width * height];
    new SplittableRandom(width).nextBytes(pixels);
    System.arraycopy(pixels, 0, bytes, header.length, pixels.length);
    Files.write(file, bytes);
  }

  private static void adapt(String epochs) {
    done(
        "adapt",
        "--bundle",
        "" + bundle,
        "--cache",
        "none",
        "--set",
        "epochs=" + epochs,
        "--set",
        "data.images=120");
  }

  private static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(args, new PrintWriter(out), new PrintWriter(err), false);
    return new Result(exitCode, out.toString(), err.toString());
  }

  private static Result done(String... args) {
    Result result = run(args);
    assertThat(result.exitCode).as(result.err).isZero();
    return result;
  }

  @Test
  void aFolderIsWalkedAndEveryBranchIsTold() {
    Result result = done("predict", "--model", "" + model, "" + pictures);
    assertThat(result.err).contains("ONNX Runtime on CPU (this build of ONNX Runtime is for CPUs)");
    assertThat(result.lines()).hasSize(3);
    assertThat(result.lines().get(0).split(" {2,}"))
        .startsWith("class", "probability")
        .endsWith("score", "verdict", "file")
        .hasSize(7);
    assertThat(result.lines().get(1)).endsWith("b.ppm");
    assertThat(result.lines().get(2)).endsWith("a.ppm");
  }

  @Test
  void anExportedModelSaysWhatTheTrainingEngineSays() throws IOException {
    String picture = pictures.resolve("b.ppm").toString();
    JsonNode exported = json(done("--json", "predict", "--model", "" + model, picture));
    JsonNode trained = json(done("--json", "predict", "--bundle", "" + bundle, picture));
    assertThat(exported.get("class")).isEqualTo(trained.get("class"));
    for (String field : List.of("probability", "detectionScore")) {
      assertThat(exported.get(field).doubleValue())
          .isCloseTo(trained.get(field).doubleValue(), within(1e-4));
    }
  }

  @Test
  void theThreadsOfARunCanBeChosen() throws IOException {
    String picture = pictures.resolve("b.ppm").toString();
    JsonNode usual = json(done("--json", "predict", "--model", "" + model, picture));
    JsonNode alone =
        json(done("--json", "predict", "--model", "" + model, "--threads", "1", picture));
    assertThat(alone.get("class")).isEqualTo(usual.get("class"));
    Result refused = run("predict", "--model", "" + model, "--threads", "-1", picture);
    assertThat(refused.exitCode).isEqualTo(2);
    assertThat(refused.err).contains("--threads takes 0 to 4096, got -1");
  }

  private static JsonNode json(Result result) throws IOException {
    return new ObjectMapper().readTree(result.out).get(0);
  }

  @Test
  void aBundleRunsItsExportedModelUntilItChanges() throws IOException {
    Path copy = folder.resolve("copy");
    copy(bundle, copy);
    String picture = pictures.resolve("b.ppm").toString();
    assertThat(done("predict", "--bundle", "" + copy, picture).err)
        .contains("the training engine on CPU")
        .contains("holds no exported model");
    assertThat(done("export", "" + copy).out)
        .contains("onnx/model.onnx", "opset 18", "logits_shapes");
    assertThat(done("predict", "--bundle", "" + copy, picture).err).contains("ONNX Runtime on CPU");
    done(
        "adapt",
        "--bundle",
        "" + copy,
        "--cache",
        "none",
        "--set",
        "epochs=2",
        "--set",
        "data.images=120");
    assertThat(done("predict", "--bundle", "" + copy, picture).err)
        .contains("the training engine on CPU")
        .contains("has changed since its model was exported; run 'zepad export'");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var walk = Files.walk(from)) {
      for (Path file : walk.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void aBadPictureIsToldAndSkipped() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.jpg"), "no picture");
    String good = pictures.resolve("b.ppm").toString();
    Result lines =
        run("predict", "--model", "" + model, "--format", "jsonl", "--top", "3", "" + bad, good);
    assertThat(lines.exitCode).isEqualTo(3);
    assertThat(lines.err).contains("1 of 2 pictures could not be read");
    assertThat(lines.lines()).hasSize(2);
    assertThat(lines.lines().get(0)).contains("\"problem\"").contains("bad.jpg");
    assertThat(new ObjectMapper().readTree(lines.lines().get(1)).get("top")).hasSize(3);
    Result csv = run("predict", "--model", "" + model, "--format", "csv", "" + bad, good);
    assertThat(csv.exitCode).isEqualTo(3);
    assertThat(csv.lines().get(0))
        .startsWith("file,class,probability,confidence_")
        .endsWith("problem");
    assertThat(csv.lines()).hasSize(3);
    Result table = run("predict", "--model", "" + model, "" + bad, good);
    assertThat(table.lines().get(1)).contains("unreadable").contains("bad.jpg");
  }

  @Test
  void fileNamesComeFromTheStandardInput() {
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream(
              (pictures.resolve("b.ppm") + "\n\n").getBytes(StandardCharsets.UTF_8)));
      assertThat(done("predict", "--model", "" + model, "--format", "jsonl", "-").lines())
          .hasSize(1);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void cudaThatIsNotThereIsAnErrorOfTheEnvironment() {
    String picture = pictures.resolve("b.ppm").toString();
    Result result = run("predict", "--device", "cuda:99", "--model", "" + model, picture);
    assertThat(result.exitCode).isEqualTo(4);
    assertThat(result.err).contains("CUDA is asked for, but").contains("--device cpu");
  }

  @Test
  void anotherFileIsNotOverwritten() throws IOException {
    Path precious = Files.writeString(folder.resolve("letter.onnx"), "dear");
    Result result = run("export", "" + bundle, "--out", "" + precious);
    assertThat(result.exitCode).isEqualTo(3);
    assertThat(result.err).contains("letter.onnx exists and is no model");
    assertThat(precious).hasContent("dear");
    done("export", "" + bundle, "--out", "" + model, "--task", "shapes");
  }
}
