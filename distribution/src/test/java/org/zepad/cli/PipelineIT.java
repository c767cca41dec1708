package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.cli.PackagedProgram.Result;
import org.zepad.core.testkit.Schemas;
import org.zepad.core.testkit.SeenReport;

/** The whole path with the packaged program: it works, it continues after a kill, it repeats. */
@DisabledOnOs(OS.WINDOWS)
@TestMethodOrder(MethodOrderer.MethodName.class)
class PipelineIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static PackagedProgram zepad;
  private static Path demo;
  private static Result first;

  @BeforeAll
  static void runsTheDemo() throws Exception {
    zepad = PackagedProgram.in(folder);
    demo = folder.resolve("demo");
    first = zepad.run("demo", "--fast", "--out", demo.toString());
  }

  @Test
  void theDemoPrintsAndKeepsItsFigures() throws Exception {
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("undefended", "zepad", "benign accuracy", "attack success", "AUROC");
    JsonNode figures = evaluations(demo).get(0).get("models");
    assertThat(figures).hasSize(2);
    for (JsonNode model : figures) {
      assertThat(model.get("benignAccuracy").get("total").asInt()).isEqualTo(200);
    }
    assertThat(demo.resolve("perturbation.safetensors.png")).isNotEmptyFile();
    try (Stream<Path> left = Files.walk(demo)) {
      assertThat(left.filter(f -> f.toString().contains(".work"))).isEmpty();
    }
  }

  @Test
  void theReportIsAsPublishedAndTellsHowToGetItAgain() throws Exception {
    String json = Files.readString(demo.resolve("report.json"));
    assertThat(Schemas.problemsOfReport(json)).isEmpty();
    assertThat(JSON.readTree(json).get("provenance").get("command").asText())
        .contains("demo --fast");
  }

  @Test
  void thePageShowsEveryPictureAndPlotWithoutAnError(
      @TempDir(cleanup = CleanupMode.NEVER) Path profile) throws Exception {
    SeenReport seen =
        SeenReport.of(demo.resolve("report.html"), profile, Path.of("target", "seen", "demo"));
    assertThat(seen.faults()).isEmpty();
    // Four images before and after the attack, and the perturbation.
    assertThat(seen.pictures()).isEqualTo(9);
    // ROC and three histograms.
    assertThat(seen.plots()).isGreaterThanOrEqualTo(4);
    assertThat(seen.text()).contains("Verdicts", "undefended", "zepad", "Self-checks");
  }

  @Test
  void aRepeatedRunMakesNothingAnew() throws Exception {
    Path encoder = demo.resolve("encoders/victim.safetensors");
    Object written = Files.getLastModifiedTime(encoder);
    JsonNode before = evaluations(demo);
    Result again = zepad.run("demo", "--fast", "--out", demo.toString());
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).doesNotContain("pre-training", "fine-tun", "training a head");
    assertThat(Files.getLastModifiedTime(encoder)).isEqualTo(written);
    assertThat(evaluations(demo)).isEqualTo(before);
  }

  @Test
  void aKilledRunEndsWithTheSameNumbers() throws Exception {
    Path killed = folder.resolve("killed");
    long random = new Random().nextLong();
    Random moments = new Random(random);
    for (int kill = 0; kill < 3; kill++) {
      Process process =
          zepad.start(
              folder.resolve("kill.out"),
              folder.resolve("kill.err"),
              "demo",
              "--fast",
              "--out",
              killed.toString());
      process.waitFor(2_000 + moments.nextInt(8_000), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    Result rest = zepad.run("demo", "--fast", "--out", killed.toString());
    assertThat(rest.exitCode()).as("moments of seed %d: %s", random, rest.err()).isZero();
    assertThat(evaluations(killed)).as("moments of seed %d", random).isEqualTo(evaluations(demo));
  }

  @Test
  void aPretrainingKilledAfterAnEpochContinuesInANewProcess() throws Exception {
    Path whole = folder.resolve("whole.safetensors");
    Path killed = folder.resolve("killed.safetensors");
    ok(zepad.run(pretraining(whole)));
    Process process =
        zepad.start(folder.resolve("p.out"), folder.resolve("p.err"), pretraining(killed));
    Path checkpoint = folder.resolve("killed.safetensors.work/simclr.safetensors");
    while (process.isAlive() && !Files.exists(checkpoint)) {
      Thread.sleep(5);
    }
    process.destroyForcibly().waitFor();
    assertThat(killed).doesNotExist();
    Result rest = zepad.run(pretraining(killed));
    ok(rest);
    assertThat(rest.err()).doesNotContain("epoch 1:").contains("epoch 4:");
    assertThat(killed).hasSameBinaryContentAs(whole);
  }

  private static String[] pretraining(Path out) {
    return new String[] {
      "pretrain",
      "--method",
      "simclr",
      "--dataset",
      "shapes",
      "--epochs",
      "4",
      "--set",
      "backbone.options.width=8",
      "--set",
      "data.images=300",
      "--set",
      "training.batch-size=64",
      "--set",
      "training.knn-every=1",
      "--out",
      out.toString()
    };
  }

  @Test
  void aNewProcessPredictsTheSameBits() throws Exception {
    Path picture = demo.resolve("perturbation.safetensors.png");
    Files.writeString(folder.resolve("broken.jpg"), "no picture");
    String bundle = demo.resolve("defended").toString();
    Result one = zepad.run("--json", "predict", "--bundle", bundle, picture.toString());
    Result two = zepad.run("--json", "predict", "--bundle", bundle, picture.toString());
    assertThat(one.exitCode()).as(one.err()).isZero();
    assertThat(JSON.readTree(one.out()).get(0).get("confidences")).hasSize(3);
    assertThat(two.out()).isEqualTo(one.out());
    Result mixed =
        zepad.run("predict", "--bundle", bundle, picture.toString(), folder + "/broken.jpg");
    assertThat(mixed.exitCode()).isEqualTo(3);
    assertThat(mixed.out()).contains("perturbation.safetensors.png", "broken.jpg is no picture");
  }

  @Test
  void eachStepWorksByItself() throws Exception {
    Path encoder = demo.resolve("encoders/victim.safetensors");
    Result inspected = zepad.run("inspect", encoder.toString(), "--as-encoder");
    assertThat(inspected.exitCode()).as(inspected.err()).isZero();
    Path bundle = folder.resolve("bundle");
    ok(
        zepad.run(
            "harden", "--mpae", encoder.toString(), "--set", "defence=none", "--out", "bundle"));
    ok(zepad.run("adapt", "--bundle", "bundle", "--set", "epochs=2", "--set", "data.images=200"));
    ok(
        zepad.run(
            "evaluate",
            "--bundle",
            "undefended=bundle",
            "--perturbation",
            demo.resolve("perturbation.safetensors").toString(),
            "--set",
            "data.images=200",
            "--set",
            "data.test-images=100",
            "--out",
            "report.json"));
    assertThat(bundle.resolve("bundle.json")).exists();
    assertThat(JSON.readTree(folder.resolve("report.json").toFile()).get("evaluations")).hasSize(1);
  }

  private static void ok(Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private static JsonNode evaluations(Path run) throws IOException {
    return JSON.readTree(run.resolve("report.json").toFile()).get("evaluations");
  }
}
