package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.onnx.OnnxFile;
import org.zepad.core.onnx.Precision;
import org.zepad.core.plugin.PluginRegistry;

/** Exports of encoders of the zoo in fp16 and int8. */
class LowPrecisionTest {
  private static final List<String> SHAPES =
      List.of("--set", "data.images=300", "--cache", "none", "--dataset", "shapes");
  private static final List<String> FEW =
      List.of("--set", "checked-images=100", "--set", "calibration-images=64");

  @TempDir private Path folder;

  @Test
  void theChangeIsMeasuredAndWhatCostsTooMuchIsNotWritten() throws IOException {
    Path bundle = folder.resolve("bundle");
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      SmallBundles.ofZoo(
          bundle, List.of("simclr", "moco-v3"), PluginRegistry.open(List.of()), context);
    }
    run(0, SHAPES, "adapt", "--bundle", "" + bundle, "--set", "epochs=2");
    run(0, List.of(), "export", "" + bundle);
    Path model = bundle.resolve("onnx/model.onnx");
    long single = Files.size(model);

    JsonNode half = export(bundle, "fp16");
    assertThat(Files.size(model)).isBetween(single * 45 / 100, single * 55 / 100);
    assertThat(half.path("difference").asDouble()).isBetween(1e-6, 0.02);
    assertChange(half);

    JsonNode bytes = export(bundle, "int8");
    // Weights of a quarter of the size, and a few more numbers.
    assertThat(Files.size(model)).isBetween(single / 5, single * 35 / 100);
    assertThat(OnnxFile.read(model).info().precision()).isEqualTo(Precision.INT8);
    assertThat(OnnxFile.read(model).info().provenance())
        .containsEntry("export.calibration-images", "64")
        .containsEntry("export.calibration-data", "shapes");
    assertChange(bytes);

    byte[] before = Files.readAllBytes(model);
    String[] strict = {"export", "" + bundle, "--precision", "int8", "--set", "max-loss=0"};
    assertThat(run(3, concat(SHAPES, FEW), strict))
        .contains("int8 costs more than 0.0 percentage points on 100 test images", " instead of ")
        .contains("Nothing was written");
    assertThat(Files.readAllBytes(model)).isEqualTo(before);
  }

  @Test
  void aPrecisionWithoutTheDataOfATaskIsAnswered() throws IOException {
    Path bundle = folder.resolve("bundle");
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      SmallBundles.random(bundle, PluginRegistry.open(List.of()), context);
    }
    run(0, SHAPES, "adapt", "--bundle", "" + bundle, "--set", "epochs=1", "--set", "task=mine");
    assertThat(run(2, FEW, "export", "" + bundle, "--precision", "int8"))
        .contains("has no task 'shapes'; its tasks are [mine]");
  }

  private JsonNode export(Path bundle, String precision) throws IOException {
    // On so few images a figure moves by whole points.
    String[] words = {"--json", "export", "" + bundle, "--precision", precision};
    List<String> more = concat(concat(SHAPES, FEW), List.of("--set", "max-loss=20"));
    return new ObjectMapper().readTree(run(0, more, words));
  }

  private static void assertChange(JsonNode result) {
    assertThat(result.path("change").path("images").asInt()).isEqualTo(100);
    List<String> names = new ArrayList<>();
    for (JsonNode figure : result.path("change").path("figures")) {
      names.add(figure.path("name").asText() + " " + figure.path("attack").asText());
      assertThat(figure.path("loss").asDouble()).isLessThanOrEqualTo(20);
      assertThat(Math.abs(figure.path("before").asDouble() - figure.path("after").asDouble()))
          .isEqualTo(Math.abs(figure.path("loss").asDouble()));
    }
    assertThat(names)
        .containsExactly("BA null", "flagged null", "RA pgd", "AUROC pgd", "flagged pgd");
  }

  private static List<String> concat(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** What a command prints, to either stream. */
  private static String run(int exitCode, List<String> more, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = concat(List.of(words), more).toArray(String[]::new);
    int found = Main.run(all, new PrintWriter(out), new PrintWriter(err), false);
    assertThat(found).as(err.toString()).isEqualTo(exitCode);
    return exitCode == 0 ? out.toString() : err.toString();
  }
}
